package dev.graft.bench;

import java.io.IOException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;

/**
 * Training of the whole base in DL4J's own layers. Batch norm is folded into the convolutions, since DL4J's would train
 * on the statistics of the batch, which is another function. The format is NCHW: DL4J 1.0.0-M2.1 computes wrong gradients
 * of convolutions in NHWC.
 */
final class StockTraining extends WorkingContender {

    StockTraining(String... arguments) throws IOException {
        this(WorkOrder.parse(arguments));
    }

    private StockTraining(WorkOrder order) throws IOException {
        super(order, () -> worker(PlainNetwork.load(order.network()).folded()));
    }

    private static Worker worker(PlainNetwork plain) {
        StockNetwork network = new StockNetwork(plain, CNN2DFormat.NCHW);
        GraphBuilder graph = TrainedHead.graph();
        network.addTo(graph);
        TrainedHead.addTo(graph, plain.last().name(), plain.features(), new LossBinaryXENT(), Activation.SIGMOID);
        ComputationGraph trainable = TrainedHead.initialized(graph);
        network.fill(trainable);
        return new GraphTraining(trainable, network.batch(), plain.probedConvolution() + "_b");
    }
}
