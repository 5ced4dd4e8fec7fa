package dev.graft.nn;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Keras' {@code CategoricalCrossentropy(from_logits=True)}: {@code log(sum(exp(z))) - sum(y * z)} for logits z and
 * labels y that sum to 1, in nats.
 */
public final class SoftmaxCrossEntropy extends LogitsLoss {

    /** Every class counts the same, and labels are taken as they are. */
    public SoftmaxCrossEntropy() {
        this(null, 0);
    }

    @JsonCreator
    public SoftmaxCrossEntropy(
            @JsonProperty("classWeights") double @Nullable [] classWeights,
            @JsonProperty("labelSmoothing") double labelSmoothing) {
        super(classWeights, labelSmoothing);
    }

    @Override
    double undecided(int outputs) {
        return 1.0 / outputs;
    }

    @Override
    double weight(double[] labels, double... weights) {
        double weight = 0;
        for (int i = 0; i < labels.length; i++) {
            weight += labels[i] * weights[i];
        }
        return weight;
    }

    @Override
    double loss(double[] labels, double[] logits, double[] gradient) {
        double largest = Arrays.stream(logits).max().orElseThrow();
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            gradient[i] = Math.exp(logits[i] - largest);
            sum += gradient[i];
        }
        double loss = largest + Math.log(sum);
        for (int i = 0; i < logits.length; i++) {
            loss -= labels[i] * logits[i];
            gradient[i] = gradient[i] / sum - labels[i];
        }
        return loss;
    }
}
