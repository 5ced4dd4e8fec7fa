package dev.graft.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.Result;
import ai.onnxruntime.TensorInfo;
import dev.graft.compiled.CompiledNetwork;
import dev.graft.compiled.ForwardPass;
import dev.graft.compiled.Step;
import dev.graft.nn.BatchNormLayer;
import dev.graft.nn.Conv2D;
import dev.graft.nn.DepthwiseConv2D;
import dev.graft.nn.FixedBatchNorm;
import dev.graft.nn.GlobalAveragePool2D;
import dev.graft.nn.MaxPool2D;
import dev.graft.nn.ReLU;
import dev.graft.nn.Rescaling;
import dev.graft.nn.SeparableConv2D;
import dev.graft.nn.TestNetworks;
import dev.graft.nn.Window;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** What ONNX Runtime computes from an exported network, against the compiled network itself. */
class OnnxExportTest {
    private static final double TOLERANCE = 1e-4;
    private static final OnnxDescription FEATURES = new OnnxDescription("1.2.3", List.of(), Map.of());

    @ParameterizedTest
    @CsvSource({"17, 17, 1", "17, 17, 3", "18, 18, 3", "17, 22, 1", "22, 17, 3"})
    void tinyNetworkComputesTheSame(int height, int width, int images) throws IOException, OrtException {
        CompiledNetwork network = compile(randomized(tiny()), "head", height, width, 3);
        assertSameFeatures(network, images);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 8", "1, 1, 9", "3, 1, 8", "3, 2, 8", "3, 2, 9", "2, 2, 9", "2, 1, 8", "1, 2, 8", "5, 3, 10"})
    void everyWindowPadsAlike(int size, int stride, int inputSize) throws IOException, OrtException {
        for (Window window : List.of(Window.same(size, stride), Window.valid(size, stride))) {
            assertSameFeatures(single(new Conv2D(3, 5, window), inputSize), 2);
            assertSameFeatures(single(new DepthwiseConv2D(3, window), inputSize), 2);
            assertSameFeatures(single(new MaxPool2D(window), inputSize), 2);
        }
    }

    @Test
    void scalingRelu6AndUnfoldedBatchNormComputeTheSame() throws IOException, OrtException {
        GraphBuilder graph = TestNetworks.builder();
        graph.addLayer("rescaling", new Rescaling(1 / 127.5, -1), "input");
        graph.addLayer("conv", new Conv2D(3, 8, Window.same(3, 2)), "rescaling");
        graph.addLayer("bn", new FixedBatchNorm(8, TestNetworks.EPSILON), "conv");
        graph.addLayer("relu6", new ReLU(6), "conv");
        graph.addVertex("add", new ElementWiseVertex(ElementWiseVertex.Op.Add), "bn", "relu6");
        graph.addLayer("features", new GlobalAveragePool2D(), "add");
        ComputationGraph network = randomized(TestNetworks.initialized(graph, "features"));
        network.getLayer("conv").getParam(Conv2D.KERNEL).muli(10);
        CompiledNetwork compiled = compile(network, "features", 15, 15, 3);
        assertThat(compiled.steps())
                .extracting(step -> step.operation().getClass().getSimpleName())
                .contains("Rescale", "ScaleAndShift", "Relu", "Add", "AveragePooling");
        assertSameFeatures(compiled, 3);
    }

    @ParameterizedTest
    @CsvSource({"1", "3"})
    void oneLogitGivesTheProbabilitiesOfTwoLabels(int images) throws IOException, OrtException {
        CompiledNetwork network = compile(randomized(tiny()), "head", 17, 17, 3);
        float[] pixels = pixels(network, images);
        float[] logits = run(network, pixels, images);
        float[] expected = new float[2 * images];
        for (int i = 0; i < images; i++) {
            expected[2 * i + 1] = (float) (1 / (1 + Math.exp(-logits[i])));
            expected[2 * i] = 1 - expected[2 * i + 1];
        }
        try (OrtSession session = open(network, labelled("cat", "dog"))) {
            Map<String, float[]> outputs = run(session, network, pixels, images);
            assertThat(outputs).containsOnlyKeys("logits", "probabilities");
            assertClose(outputs.get("logits"), logits);
            assertClose(outputs.get("probabilities"), expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "3"})
    void severalLogitsGiveSoftmax(int images) throws IOException, OrtException {
        CompiledNetwork network = compile(randomized(withHead(4)), "head", 18, 18, 3);
        float[] pixels = pixels(network, images);
        float[] logits = run(network, pixels, images);
        float[] expected = new float[4 * images];
        for (int i = 0; i < expected.length; i++) {
            int image = i / 4;
            double sum = 0;
            for (int j = 0; j < 4; j++) {
                sum += Math.exp(logits[4 * image + j] - logits[i]);
            }
            expected[i] = (float) (1 / sum);
        }
        try (OrtSession session = open(network, labelled("a", "b", "c", "d"))) {
            Map<String, float[]> outputs = run(session, network, pixels, images);
            assertThat(outputs).containsOnlyKeys("logits", "probabilities");
            assertClose(outputs.get("logits"), logits);
            assertClose(outputs.get("probabilities"), expected);
        }
    }

    @Test
    void probabilityNextToNothingIsNotRoundedToZero() throws IOException, OrtException {
        ComputationGraph network = tiny();
        network.getLayer("head").getParam("W").assign(0);
        network.getLayer("head").getParam("b").assign(40);
        CompiledNetwork compiled = compile(network, "head", 17, 17, 3);
        try (OrtSession session = open(compiled, labelled("cat", "dog"))) {
            float[] found = run(session, compiled, pixels(compiled, 1), 1).get("probabilities");
            assertThat(found[0]).isCloseTo((float) Math.exp(-40), within(1e-22f));
            assertThat(found[1]).isEqualTo(1);
        }
    }

    @Test
    void modelSaysWhatItTakesAndGives() throws IOException, OrtException {
        CompiledNetwork network = compile(tiny(), "head", 17, 20, 3);
        try (OrtSession session = open(network, labelled("cat", "dog"))) {
            assertThat(shape(session.getInputInfo(), "pixels")).containsExactly(-1, 17, 20, 3);
            assertThat(shape(session.getOutputInfo(), "logits")).containsExactly(-1, 1);
            assertThat(shape(session.getOutputInfo(), "probabilities")).containsExactly(-1, 2);
        }
    }

    @Test
    void modelCarriesLabelsAndMetadata() throws IOException, OrtException {
        CompiledNetwork network = compile(tiny(), "head", 17, 17, 3);
        OnnxDescription description =
                new OnnxDescription("1.2.3", List.of("a \"quoted\" cat", "Rüde"), Map.of("input-size", "17"));
        try (OrtSession session = open(network, description)) {
            assertThat(session.getMetadata().getProducerName()).isEqualTo("graft");
            assertThat(session.getMetadata().getCustomMetadata())
                    .containsOnly(
                            Map.entry("labels", "[\"a \\\"quoted\\\" cat\",\"Rüde\"]"), Map.entry("input-size", "17"));
        }
    }

    @Test
    void sameNetworkAndDescriptionGiveTheSameBytes() throws IOException {
        CompiledNetwork network = compile(tiny(), "head", 17, 17, 3);
        OnnxDescription description =
                new OnnxDescription("1.2.3", List.of("cat", "dog"), Map.of("resize", "bilinear", "input-size", "17"));
        assertThat(bytes(network, description)).isEqualTo(bytes(network, description));
    }

    @Test
    void labelsThatDoNotMatchTheOutputAreRefused() {
        CompiledNetwork network = compile(tiny(), "head", 17, 17, 3);
        assertThatThrownBy(() -> bytes(network, labelled("a", "b", "c")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot export network: its output has shape [1], which does not match 3 labels [a, b, c]");
    }

    @Test
    void networkThatTakesNoImagesIsRefused() {
        GraphBuilder graph = TestNetworks.builder();
        graph.addLayer("head", TestNetworks.output(6, 1), "input");
        CompiledNetwork head = compile(TestNetworks.initialized(graph, "head"), "head", 6);
        assertThatThrownBy(() -> bytes(head, FEATURES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot export network: its input has shape [6], not height, width and 3 channels");
    }

    @Test
    void oneLabelAloneIsRefused() {
        assertThatThrownBy(() -> labelled("cat"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid labels: [cat] (at least two, or none)");
    }

    @Test
    void metadataMayNotNameLabels() {
        Map<String, String> metadata = Map.of("labels", "cat");
        assertThatThrownBy(() -> new OnnxDescription("1.2.3", List.of("cat", "dog"), metadata))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid metadata: labels (the property is written from the labels themselves)");
    }

    /** Exports a network without labels, and runs both on the same random pixels. */
    static void assertSameFeatures(CompiledNetwork network, int images) throws IOException, OrtException {
        float[] pixels = pixels(network, images);
        try (OrtSession session = open(network, FEATURES)) {
            Map<String, float[]> outputs = run(session, network, pixels, images);
            assertThat(outputs).containsOnlyKeys("features");
            assertClose(outputs.get("features"), run(network, pixels, images));
        }
    }

    static OnnxDescription labelled(String... labels) {
        return new OnnxDescription("1.2.3", List.of(labels), Map.of());
    }

    /** The largest difference, relative to the largest value. */
    private static void assertClose(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
        }
        assertThat(largest).isPositive();
        assertThat(difference / largest).isLessThan(TOLERANCE);
    }

    private static float[] pixels(CompiledNetwork network, int images) {
        Random random = new Random(3);
        float[] pixels = new float[Math.toIntExact(images * Step.values(network.inputShape()))];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextInt(256);
        }
        return pixels;
    }

    private static float[] run(CompiledNetwork network, float[] pixels, int images) {
        try (ForwardPass pass = network.forwardPass(images)) {
            return pass.run(pixels, images);
        }
    }

    private static byte[] bytes(CompiledNetwork network, OnnxDescription description) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OnnxExport.write(network, description, out);
        return out.toByteArray();
    }

    private static OrtSession open(CompiledNetwork network, OnnxDescription description)
            throws IOException, OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            return OrtEnvironment.getEnvironment().createSession(bytes(network, description), options);
        }
    }

    private static Map<String, float[]> run(OrtSession session, CompiledNetwork network, float[] pixels, int images)
            throws OrtException {
        long[] image = network.inputShape();
        long[] shape = {images, image[0], image[1], image[2]};
        Map<String, float[]> outputs = new LinkedHashMap<>();
        try (OnnxTensor input =
                        OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), FloatBuffer.wrap(pixels), shape);
                Result result = session.run(Map.of("pixels", input))) {
            result.forEach(output -> outputs.put(
                    output.getKey(),
                    ((OnnxTensor) output.getValue()).getFloatBuffer().array()));
        }
        return outputs;
    }

    private static long[] shape(Map<String, NodeInfo> tensors, String name) {
        return ((TensorInfo) tensors.get(name).getInfo()).getShape();
    }

    private static CompiledNetwork compile(ComputationGraph network, String lastLayer, long... inputShape) {
        return CompiledNetwork.compile(network, lastLayer, inputShape);
    }

    private static CompiledNetwork single(Layer layer, int inputSize) {
        GraphBuilder graph = TestNetworks.builder();
        graph.addLayer("layer", layer, "input");
        return compile(TestNetworks.initialized(graph, "layer"), "layer", inputSize, inputSize + 1, 3);
    }

    private static ComputationGraph tiny() {
        return TestNetworks.tiny(new Sgd(0.1), DataType.FLOAT);
    }

    private static ComputationGraph withHead(int outputs) {
        GraphBuilder graph = TestNetworks.builder();
        graph.addLayer("rescaling", new Rescaling(1 / 127.5, -1), "input");
        graph.addLayer("sep", new SeparableConv2D(3, 6, Window.same(3, 2)), "rescaling");
        graph.addLayer("features", new GlobalAveragePool2D(), "sep");
        graph.addLayer("head", TestNetworks.output(6, outputs), "features");
        return TestNetworks.initialized(graph, "head");
    }

    /** Gives every batch norm layer statistics, scales and shifts of its own. */
    private static ComputationGraph randomized(ComputationGraph network) {
        Random random = new Random(5);
        for (var layer : network.getLayers()) {
            if (layer.conf().getLayer() instanceof FixedBatchNorm norm) {
                int channels = norm.channels();
                norm.setStatistics(random(random, channels, -1), random(random, channels, 0.5f));
                layer.getParam(BatchNormLayer.GAMMA).assign(Nd4j.createFromArray(random(random, channels, 0.5f)));
                layer.getParam(BatchNormLayer.BETA).assign(Nd4j.createFromArray(random(random, channels, -1)));
            }
        }
        return network;
    }

    private static float[] random(Random random, int values, float lowest) {
        float[] drawn = new float[values];
        for (int i = 0; i < values; i++) {
            drawn[i] = lowest + 2 * random.nextFloat();
        }
        return drawn;
    }
}
