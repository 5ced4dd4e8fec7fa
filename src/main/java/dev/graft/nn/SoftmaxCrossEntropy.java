package dev.graft.nn;

import java.util.Arrays;

/**
 * Keras' {@code CategoricalCrossentropy(from_logits=True)}: {@code log(sum(exp(z))) - sum(y * z)} for logits z and
 * labels y that sum to 1, in nats.
 */
public final class SoftmaxCrossEntropy extends LogitsLoss {

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
