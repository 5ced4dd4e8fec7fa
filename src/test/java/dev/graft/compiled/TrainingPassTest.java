package dev.graft.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.graft.base.Architecture;
import dev.graft.base.Layout;
import dev.graft.nn.Conv2D;
import dev.graft.nn.FixedBatchNorm;
import dev.graft.nn.GlobalAveragePool2D;
import dev.graft.nn.SeededDropout;
import dev.graft.nn.TestNetworks;
import dev.graft.nn.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/** Compiled training against DL4J's own, whose layers are held by gradient checks. */
class TrainingPassTest {
    private static final int SIZE = 64;
    private static final int IMAGES = 3;
    private static final double TOLERANCE = 1e-5;

    private final Random random = new Random(11);
    private final float[] pixels = pixels(IMAGES);

    @Test
    void stepsAreThoseOfDl4jForXception() {
        assertTrainsAsDl4j(Architecture.XCEPTION_MINI, 1, new Sgd(0.01));
    }

    @Test
    void stepsAreThoseOfDl4jForSeveralClassesAndAdam() {
        assertTrainsAsDl4j(Architecture.XCEPTION_MINI, 3, new Adam(1e-3, 0.9, 0.999, 1e-3));
    }

    @Test
    void stepsAreThoseOfDl4jForInvertedResidualsAndRelu6() {
        assertTrainsAsDl4j(Architecture.MOBILENET_V2, 1, new Sgd(0.01));
    }

    @Test
    void batchThatIsNotFullTrainsAsOneThatIs() {
        ComputationGraph full = network(Architecture.XCEPTION_MINI, 1, new Sgd(0.01));
        ComputationGraph partial = full.clone();
        INDArray labels = labels(1);
        try (TrainingPass exact = pass(full, IMAGES);
                TrainingPass larger = pass(partial, IMAGES + 5)) {
            larger.step(pixels(IMAGES + 5), Nd4j.ones(DataType.FLOAT, IMAGES + 5, 1));
            partial.setParams(full.params().dup());
            partial.getConfiguration().setIterationCount(0);
            assertThat(larger.step(pixels, labels).loss())
                    .isCloseTo(exact.step(pixels, labels).loss(), within(TOLERANCE));
        }
        assertClose(partial.params(), full.params());
    }

    @Test
    void statisticsOfBatchNormNeverMove() {
        ComputationGraph network = network(Architecture.XCEPTION_MINI, 1, new Sgd(0.01));
        List<float[]> before = statistics(network);
        INDArray start = network.params().dup();
        try (TrainingPass pass = pass(network, IMAGES)) {
            pass.step(pixels, labels(1));
        }
        assertThat(statistics(network)).usingElementComparator(Arrays::compare).isEqualTo(before);
        assertThat(network.params()).isNotEqualTo(start);
    }

    @Test
    void headThatIsNoHeadIsRefused() {
        GraphBuilder graph = TestNetworks.builder();
        graph.addLayer("conv", new Conv2D(3, 4, Window.same(1, 1)), "input");
        graph.addLayer("features", new GlobalAveragePool2D(), "conv");
        ComputationGraph network = TestNetworks.initialized(graph, "features");
        assertThatThrownBy(() -> new TrainingPass(network, "features", 2, 8, 8, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot train the head of this network: nothing follows its layer features");
    }

    private void assertTrainsAsDl4j(Architecture architecture, int outputs, IUpdater updater) {
        ComputationGraph compiled = network(architecture, outputs, updater);
        ComputationGraph layers = compiled.clone();
        INDArray labels = labels(outputs);
        DataSet batch = new DataSet(Nd4j.createFromArray(pixels).reshape(IMAGES, SIZE, SIZE, 3), labels);
        try (TrainingPass pass = pass(compiled, IMAGES)) {
            for (int step = 0; step < 3; step++) {
                double loss = pass.step(pixels, labels).loss();
                layers.fit(batch);
                assertThat(loss).isCloseTo(layers.score(), within(TOLERANCE));
                assertClose(compiled.params(), layers.params());
            }
        }
        assertThat(compiled.getIterationCount()).isEqualTo(3);
    }

    private static void assertClose(INDArray actual, INDArray expected) {
        assertThat(actual.sub(expected).amaxNumber().doubleValue()).isLessThan(TOLERANCE);
    }

    private static List<float[]> statistics(ComputationGraph network) {
        List<float[]> statistics = new ArrayList<>();
        for (Layer layer : network.getLayers()) {
            if (layer.conf().getLayer() instanceof FixedBatchNorm norm) {
                statistics.add(norm.movingMean());
                statistics.add(norm.movingVariance());
            }
        }
        return statistics;
    }

    private static TrainingPass pass(ComputationGraph network, int batch) {
        return new TrainingPass(network, Layout.FEATURES, batch, SIZE, SIZE, 3);
    }

    /** An architecture with a head, and batch norm that does something without blowing activations up. */
    private ComputationGraph network(Architecture architecture, int outputs, IUpdater updater) {
        Layout layout = Layout.of(architecture, 1, SIZE, null);
        GraphBuilder graph = TestNetworks.builder(updater, DataType.FLOAT).addInputs(Layout.PIXELS);
        layout.addTo(graph);
        graph.addLayer("dropout", new DropoutLayer(new SeededDropout(0.2, 3)), Layout.FEATURES);
        graph.addLayer("head", TestNetworks.output(layout.features(), outputs), "dropout");
        ComputationGraph network = TestNetworks.initialized(graph, "head");
        for (Layer layer : network.getLayers()) {
            if (layer.conf().getLayer() instanceof FixedBatchNorm norm) {
                norm.setStatistics(floats(norm.channels(), -0.05f, 0.05f), floats(norm.channels(), 0.2f, 0.4f));
            }
        }
        return network;
    }

    private INDArray labels(int outputs) {
        INDArray labels = Nd4j.zeros(DataType.FLOAT, IMAGES, outputs);
        for (int i = 0; i < IMAGES; i++) {
            labels.putScalar(i, outputs == 1 ? 0 : i % outputs, outputs == 1 ? i % 2 : 1);
        }
        return labels;
    }

    private float[] pixels(int images) {
        return floats(images * SIZE * SIZE * 3, 0, 255);
    }

    private float[] floats(int count, float low, float high) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = low + (high - low) * random.nextFloat();
        }
        return values;
    }
}
