package dev.graft.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.SharedReference;
import java.util.Iterator;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Three Adam steps of a small network with residual, separable convolution and batch norm, against Keras' numbers. The
 * reference normalizes with the statistics of the batch, as {@link TrainingBatchNorm} does; {@link FixedBatchNorm} is
 * held to finite differences in {@link GradientCheckTest}.
 */
class TinyNetTrainingTest {
    private static final float TOLERANCE = 1e-5f;

    private JsonNode reference;
    private ComputationGraph network;
    private INDArray input;
    private INDArray labels;

    @BeforeEach
    void buildTheReferenceNetwork() {
        reference = SharedReference.json("keras-reference/tiny_net_training.json");
        network = TestNetworks.tiny(
                new Adam(1e-3, 0.9, 0.999, 1e-7),
                DataType.FLOAT,
                channels -> new TrainingBatchNorm(channels, TestNetworks.EPSILON, 0.99));
        input = Nd4j.createFromArray(SharedReference.floats(reference.get("input")))
                .reshape('c', 4, 17, 17, 3);
        labels = Nd4j.createFromArray(SharedReference.floats(reference.get("labels")))
                .reshape('c', 4, 1);
        JsonNode weights = reference.get("initial_weights");
        forEach(weights, (name, values) -> {
            if (!name.contains("moving_")) {
                parameter(name)
                        .assign(Nd4j.createFromArray(values)
                                .reshape('c', parameter(name).shape()));
            }
        });
    }

    @Test
    void logitsLossGradientsAndWeightsAgreeWithKerasOverThreeAdamSteps() {
        for (JsonNode step : reference.get("steps")) {
            assertClose("logits", network.output(true, input)[0], SharedReference.floats(step.get("logits")));
            network.setInput(0, input);
            network.setLabels(labels);
            network.computeGradientAndScore();
            assertThat(network.score()).isCloseTo(step.get("loss").asDouble(), within(1e-5));
            forEach(step.get("grads"), (name, values) -> assertClose(name, gradient(name), values));
            network.fit(new DataSet(input, labels));
            forEach(step.get("weights_after"), (name, values) -> assertClose(name, parameter(name), values));
        }
    }

    /** DL4J sums gradients over the examples and lets its updater divide; Keras takes the mean. */
    private INDArray gradient(String name) {
        return network.gradient()
                .getGradientFor(layer(name) + "_" + weight(name))
                .div(labels.size(0));
    }

    private INDArray parameter(String name) {
        return network.getLayer(layer(name)).getParam(weight(name));
    }

    private static String layer(String name) {
        return name.split("/")[0];
    }

    private static String weight(String name) {
        return switch (name) {
            case "head/kernel" -> "W";
            case "head/bias" -> "b";
            default -> name.split("/")[1].replace('_', '-');
        };
    }

    private static void assertClose(String name, INDArray actual, float[] expected) {
        assertThat(actual.dup('c').data().asFloat()).as(name).containsExactly(expected, within(TOLERANCE));
    }

    private interface NamedValues {
        void accept(String name, float[] values);
    }

    private static void forEach(JsonNode object, NamedValues action) {
        Iterator<Map.Entry<String, JsonNode>> fields = object.fields();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            action.accept(field.getKey(), SharedReference.floats(field.getValue()));
        }
    }
}
