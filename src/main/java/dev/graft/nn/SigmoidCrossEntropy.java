package dev.graft.nn;

/**
 * Keras' {@code BinaryCrossentropy(from_logits=True)}: {@code max(z, 0) - z * y + log(1 + exp(-|z|))} for logit z and
 * label y in 0..1, in nats.
 */
public final class SigmoidCrossEntropy extends LogitsLoss {

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
