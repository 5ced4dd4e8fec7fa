package dev.graft.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.SharedReference;
import dev.graft.nn.Arrays4d;
import dev.graft.nn.Conv2D;
import dev.graft.nn.DepthwiseConv2D;
import dev.graft.nn.FixedBatchNorm;
import dev.graft.nn.GlobalAveragePool2D;
import dev.graft.nn.KerasLayer;
import dev.graft.nn.MaxPool2D;
import dev.graft.nn.SeparableConv2D;
import dev.graft.nn.TestNetworks;
import dev.graft.nn.Window;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Each layer against Keras' output for the same weights and input, as DL4J runs it and compiled. */
class LayerVectorsTest {
    private static final double TOLERANCE = 1e-5;

    @TestFactory
    Stream<DynamicTest> layersAgreeWithKeras() {
        JsonNode cases =
                SharedReference.json("keras-reference/layer_vectors.json").get("cases");
        return StreamSupport.stream(cases.spliterator(), false)
                .map(vector -> DynamicTest.dynamicTest(vector.get("name").asText(), () -> check(vector)));
    }

    private static void check(JsonNode vector) {
        INDArray input = array(vector.get("input"), vector.get("input_shape"));
        float[] expected = SharedReference.floats(vector.get("output"));
        ComputationGraph network = network(vector, input);
        INDArray withoutBias = network.outputSingle(input.dup());
        assertClose(plusBias(vector, withoutBias), expected);
        long[] imageShape = Arrays.copyOfRange(input.shape(), 1, input.rank());
        CompiledNetwork compiled = CompiledNetwork.compile(network, "layer", imageShape);
        int batch = (int) input.size(0);
        for (ForwardPass pass : List.of(compiled.onOneDnn(batch), compiled.onNd4j(batch))) {
            try (pass) {
                float[] output = pass.run(input.dup('c').data().asFloat(), batch);
                assertClose(plusBias(vector, Nd4j.createFromArray(output).reshape(withoutBias.shape())), expected);
            }
        }
    }

    private static void assertClose(INDArray actual, float[] expected) {
        assertThat(actual.dup('c').data().asFloat()).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual.dup('c').data().getFloat(i)).isCloseTo(expected[i], within((float) TOLERANCE));
        }
    }

    private static ComputationGraph network(JsonNode vector, INDArray input) {
        GraphBuilder graph = TestNetworks.builder();
        Layer layer = layer(vector, (int) input.size(-1));
        graph.addLayer("layer", layer, "input");
        ComputationGraph network = TestNetworks.initialized(graph, "layer");
        for (JsonNode weight : vector.get("weights")) {
            assign(network, layer, weight);
        }
        if (network.getLayer("layer").conf().getLayer() instanceof FixedBatchNorm norm) {
            norm.setStatistics(weight(vector, "moving_mean"), weight(vector, "moving_variance"));
        }
        return network;
    }

    private static void assign(ComputationGraph network, Layer layer, JsonNode weight) {
        INDArray values = array(weight.get("values"), weight.get("shape"));
        String name = weight.get("name").asText();
        String ours =
                switch (name) {
                    case "kernel" ->
                        layer instanceof DepthwiseConv2D
                                ? DepthwiseConv2D.KERNEL
                                : layer instanceof Conv2D ? name : "W";
                    case "bias" -> layer instanceof KerasLayer ? "" : "b";
                    case "moving_mean", "moving_variance" -> "";
                    default -> name.replace('_', '-');
                };
        if (!ours.isEmpty()) {
            INDArray parameter = network.getLayer("layer").getParam(ours);
            parameter.assign(values.reshape('c', parameter.shape()));
        }
    }

    /** The convolutions of the bases have no bias; where a vector has one, it is added here. */
    private static INDArray plusBias(JsonNode vector, INDArray output) {
        boolean dense = vector.get("name").asText().startsWith("dense");
        float[] bias = dense ? new float[0] : weight(vector, "bias");
        if (bias.length == 0) {
            return output;
        }
        return Arrays4d.asMatrix(output.dup('c')).addRowVector(Nd4j.createFromArray(bias));
    }

    private static Layer layer(JsonNode vector, int channels) {
        String name = vector.get("name").asText();
        String kind = name.split("\\d| ")[0];
        JsonNode config = vector.get("config");
        return switch (kind) {
            case "conv" -> new Conv2D(channels, config.get("filters").asInt(), window(config, "kernel_size"));
            case "sepconv" ->
                new SeparableConv2D(channels, config.get("filters").asInt(), window(config, "kernel_size"));
            case "depthwise" -> new DepthwiseConv2D(channels, window(config, "kernel_size"));
            case "maxpool" -> new MaxPool2D(window(config, "pool_size"));
            case "batchnorm" ->
                new FixedBatchNorm(channels, config.get("epsilon").asDouble());
            case "global" -> new GlobalAveragePool2D();
            case "dense" -> TestNetworks.output(channels, 1);
            default -> throw new IllegalStateException("No layer for reference " + name);
        };
    }

    private static Window window(JsonNode config, String size) {
        return new Window(
                config.get(size).get(0).asInt(),
                config.get("strides").get(0).asInt(),
                config.get("padding").asText().equals("same") ? Window.Padding.SAME : Window.Padding.VALID);
    }

    private static float[] weight(JsonNode vector, String name) {
        for (JsonNode weight : vector.get("weights")) {
            if (weight.get("name").asText().equals(name)) {
                return SharedReference.floats(weight.get("values"));
            }
        }
        return new float[0];
    }

    private static INDArray array(JsonNode values, JsonNode shape) {
        long[] sizes = StreamSupport.stream(shape.spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .toArray();
        return Nd4j.createFromArray(SharedReference.floats(values)).reshape('c', sizes);
    }
}
