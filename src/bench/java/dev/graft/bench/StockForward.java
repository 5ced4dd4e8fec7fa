package dev.graft.bench;

import java.io.IOException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The base in DL4J's own layers, as DL4J runs them: on the same native library as Graft. */
final class StockForward extends WorkingContender {

    StockForward(String... arguments) throws IOException {
        this(WorkOrder.parse(arguments));
    }

    private StockForward(WorkOrder order) throws IOException {
        super(order, () -> new GraphForward(PlainNetwork.load(order.network())));
    }

    /** One graph's forward pass over the shared batch. */
    private static final class GraphForward implements Worker {
        private final ComputationGraph graph;
        private final INDArray pixels;

        GraphForward(PlainNetwork plain) {
            StockNetwork network = new StockNetwork(plain, CNN2DFormat.NHWC);
            GraphBuilder builder = new NeuralNetConfiguration.Builder().graphBuilder();
            network.addTo(builder);
            this.graph =
                    new ComputationGraph(builder.setOutputs(plain.last().name()).build());
            graph.init();
            network.fill(graph);
            this.pixels = network.batch();
        }

        @Override
        public float[] output() {
            return graph.outputSingle(pixels).dup('c').data().asFloat();
        }

        @Override
        public double work() {
            output();
            return SharedInput.BATCH;
        }

        @Override
        public void close() {
            graph.close();
        }
    }
}
