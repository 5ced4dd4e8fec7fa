package dev.graft.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.nn.Conv2D;
import dev.graft.nn.DepthwiseConv2D;
import dev.graft.nn.FixedBatchNorm;
import dev.graft.nn.MaxPool2D;
import dev.graft.nn.ReLU;
import dev.graft.nn.TestNetworks;
import dev.graft.nn.Window;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** What is fused, and that a fused network computes what DL4J does layer by layer. */
class FusionTest {
    private static final int SIZE = 9;
    private static final int IMAGES = 3;

    private final GraphBuilder graph = TestNetworks.builder();

    @Test
    void activationJoinsTheConvolutionBeforeIt() {
        conv("a", 3, 5, "input");
        relu("b", "a");
        assertThat(fused("b")).singleElement().satisfies(step -> {
            assertThat(step.activation()).isNotNull();
            assertThat(step.accumulates()).isFalse();
        });
        assertComputesTheSame("b");
    }

    @Test
    void activationThatIsNotTheOnlyReaderStaysAlone() {
        conv("a", 3, 5, "input");
        relu("b", "a");
        add("c", "a", "b");
        assertThat(fused("c")).hasSize(3).noneMatch(FusedStep::accumulates);
        assertComputesTheSame("c");
    }

    @Test
    void residualConvolutionAddsUpInTheMemoryOfTheMainBranch() {
        conv("a", 3, 5, "input");
        conv("shortcut", 5, 5, "a");
        graph.addLayer("main", new MaxPool2D(Window.same(3, 1)), "a");
        add("sum", "main", "shortcut");
        relu("b", "sum");
        List<FusedStep> fused = fused("b");
        assertThat(fused).hasSize(3);
        assertThat(fused.get(2).accumulates()).isTrue();
        assertThat(fused.get(2).activation()).isNotNull();
        assertComputesTheSame("b");
    }

    @Test
    void residualConnectionThatIsReadAgainIsNotWrittenOver() {
        conv("a", 3, 5, "input");
        conv("b", 5, 5, "a");
        add("sum", "a", "b");
        conv("c", 5, 5, "a");
        add("end", "sum", "c");
        assertComputesTheSame("end");
    }

    /** The convolution c waits for the last addition, and must find its input as it was. */
    @Test
    void inputOfAConvolutionThatWaitsIsNotWrittenOver() {
        conv("a", 3, 5, "input");
        conv("b", 5, 5, "a");
        conv("c", 5, 5, "a");
        add("sum", "a", "b");
        relu("d", "sum");
        conv("e", 5, 5, "d");
        add("end", "e", "c");
        assertComputesTheSame("end");
    }

    @Test
    void sumOfAValueWithItselfIsASum() {
        conv("a", 3, 5, "input");
        add("sum", "a", "a");
        assertThat(fused("sum")).noneMatch(FusedStep::accumulates);
        assertComputesTheSame("sum");
    }

    @Test
    void wholeNetworksComputeTheSame() {
        for (ReLU relu : List.of(ReLU.unbounded(), new ReLU(6))) {
            ComputationGraph network = TestNetworks.tiny(new Sgd(1), DataType.FLOAT);
            assertSame(network, "gap", 17);
            GraphBuilder inverted = TestNetworks.builder();
            inverted.addLayer("scale", new FixedBatchNorm(3, TestNetworks.EPSILON), "input");
            inverted.addLayer("expand", new Conv2D(3, 20, Window.same(1, 1)), "scale");
            inverted.addLayer("act", relu, "expand");
            inverted.addLayer("dw", new DepthwiseConv2D(20, Window.same(3, 2)), "act");
            inverted.addLayer("bn", new FixedBatchNorm(20, TestNetworks.EPSILON), "dw");
            inverted.addLayer("project", new Conv2D(20, 7, Window.same(1, 1)), "bn");
            assertSame(TestNetworks.initialized(inverted, "project"), "project", SIZE);
        }
    }

    private void conv(String name, int inputs, int filters, String input) {
        graph.addLayer(name, new Conv2D(inputs, filters, Window.same(3, 1)), input);
    }

    private void relu(String name, String input) {
        graph.addLayer(name, ReLU.unbounded(), input);
    }

    private void add(String name, String first, String second) {
        graph.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), first, second);
    }

    private List<FusedStep> fused(String last) {
        ComputationGraph network = TestNetworks.initialized(graph, last);
        return Fusion.of(CompiledNetwork.compile(network, last, SIZE, SIZE, 3).steps());
    }

    private void assertComputesTheSame(String last) {
        assertSame(TestNetworks.initialized(graph, last), last, SIZE);
    }

    private static void assertSame(ComputationGraph network, String last, int size) {
        float[] pixels = new float[IMAGES * size * size * 3];
        Random random = new Random(4);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat() * 10 - 5;
        }
        INDArray input = Nd4j.createFromArray(pixels).reshape(IMAGES, size, size, 3);
        float[] expected =
                network.feedForward(input, false).get(last).dup('c').data().asFloat();
        try (ForwardPass pass =
                CompiledNetwork.compile(network, last, size, size, 3).onOneDnn(IMAGES + 1)) {
            float[] actual = pass.run(pixels, IMAGES);
            for (int i = 0; i < expected.length; i++) {
                assertThat(actual[i]).as("value " + i).isCloseTo(expected[i], within(1e-4f));
            }
        }
    }
}
