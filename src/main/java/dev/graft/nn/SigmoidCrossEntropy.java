package dev.graft.nn;

import org.jspecify.annotations.Nullable;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Keras' {@code BinaryCrossentropy(from_logits=True)}: {@code max(z, 0) - z * y + log(1 + exp(-|z|))} for logit z and
 * label y in 0..1, in nats.
 */
public final class SigmoidCrossEntropy extends LogitsLoss {

    /** Every class counts the same, and labels are taken as they are. */
    public SigmoidCrossEntropy() {
        this(null, 0);
    }

    @JsonCreator
    public SigmoidCrossEntropy(
            @JsonProperty("classWeights") double @Nullable [] classWeights,
            @JsonProperty("labelSmoothing") double labelSmoothing) {
        super(classWeights, labelSmoothing);
    }

    @Override
    double undecided(int outputs) {
        return 0.5;
    }

    @Override
    double weight(double[] labels, double... weights) {
        return labels[0] * weights[1] + (1 - labels[0]) * weights[0];
    }

    @Override
    double loss(double[] labels, double[] logits, double[] gradient) {
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            double exponential = Math.exp(-Math.abs(logits[i]));
            double sigmoid = (logits[i] >= 0 ? 1 : exponential) / (1 + exponential);
            gradient[i] = sigmoid - labels[i];
            sum += Math.max(logits[i], 0) - logits[i] * labels[i] + Math.log1p(exponential);
        }
        return sum;
    }
}
