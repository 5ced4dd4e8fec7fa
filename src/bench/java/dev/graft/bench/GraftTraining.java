package dev.graft.bench;

import dev.graft.base.Base;
import dev.graft.base.LayerEntry;
import dev.graft.base.Layout;
import dev.graft.nn.BatchNormLayer;
import dev.graft.nn.SigmoidCrossEntropy;
import dev.graft.compiled.TrainingPass;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Training of the whole base as Graft compiles it: batch norm's statistics fixed, everything else trained by Adam. */
final class GraftTraining extends WorkingContender {

    GraftTraining(String... arguments) throws IOException {
        this(WorkOrder.parse(arguments));
    }

    private GraftTraining(WorkOrder order) throws IOException {
        super(order, workshop(order));
    }

    private static Workshop workshop(WorkOrder order) {
        Base base = order.base().open();
        return () -> new CompiledTraining(trainable(base), probedBatchNorm(base.layout()));
    }

    private static ComputationGraph trainable(Base base) {
        GraphBuilder graph = TrainedHead.graph();
        graph.addInputs(Layout.PIXELS);
        base.layout().addTo(graph);
        TrainedHead.addTo(
                graph, Layout.FEATURES, base.layout().features(), new SigmoidCrossEntropy(), Activation.IDENTITY);
        ComputationGraph network = TrainedHead.initialized(graph);
        for (Layer layer : base.network().getLayers()) {
            copy(layer, network.getLayer(layer.conf().getLayer().getLayerName()));
        }
        return network;
    }

    private static void copy(Layer from, Layer to) {
        for (Map.Entry<String, INDArray> parameter : from.paramTable().entrySet()) {
            to.getParam(parameter.getKey()).assign(parameter.getValue());
        }
        if (from.conf().getLayer() instanceof BatchNormLayer norm) {
            ((BatchNormLayer) to.conf().getLayer()).setStatistics(norm.movingMean(), norm.movingVariance());
        }
    }

    private static String probedBatchNorm(Layout layout) {
        List<String> norms = layout.layers().stream()
                .filter(entry -> entry.layer() instanceof BatchNormLayer)
                .map(LayerEntry::name)
                .toList();
        return norms.get(TrainingOutput.probed(norms.size()));
    }

    /** One thread's steps on the shared batch. */
    private static final class CompiledTraining implements Worker {
        private final TrainingPass pass;
        private final Layer probed;
        private final float[] pixels = SharedInput.batch();
        private final INDArray labels =
                Nd4j.createFromArray(SharedInput.labels()).reshape(SharedInput.BATCH, 1);

        CompiledTraining(ComputationGraph network, String probed) {
            this.pass = new TrainingPass(
                    network,
                    Layout.FEATURES,
                    SharedInput.BATCH,
                    SharedInput.SIZE,
                    SharedInput.SIZE,
                    SharedInput.CHANNELS);
            this.probed = network.getLayer(probed);
        }

        @Override
        public float[] output() {
            double loss = pass.gradients(pixels, labels).loss();
            INDArray beta = Objects.requireNonNull(probed.conf()
                    .getLayer()
                    .initializer()
                    .getGradientsFromFlattened(probed.conf(), probed.getGradientsViewArray())
                    .get("beta"));
            return TrainingOutput.of(
                    (float) loss, beta.div(SharedInput.BATCH).dup('c').data().asFloat());
        }

        @Override
        public double work() {
            pass.step(pixels, labels);
            return SharedInput.BATCH;
        }

        @Override
        public void close() {
            pass.close();
        }
    }
}
