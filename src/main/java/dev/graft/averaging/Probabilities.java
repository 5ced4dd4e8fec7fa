package dev.graft.averaging;

/** From logits to probabilities: the logistic function for one output, softmax for more. */
public final class Probabilities {
    private Probabilities() {}

    /** One probability for each class; two classes where there is one logit. */
    public static float[] of(float[] logits, int start, int outputs) {
        if (outputs == 1) {
            float second = (float) (1 / (1 + Math.exp(-logits[start])));
            float first = (float) (1 / (1 + Math.exp(logits[start])));
            return new float[] {first, second};
        }
        double logOfSum = logOfSum(logits, start, outputs);
        float[] probabilities = new float[outputs];
        for (int i = 0; i < outputs; i++) {
            probabilities[i] = (float) Math.exp(logits[start + i] - logOfSum);
        }
        return probabilities;
    }

    /** The loss of one example, in nats, without a detour over probabilities. */
    static double crossEntropy(float[] logits, int start, int outputs, int label) {
        if (outputs == 1) {
            double logit = logits[start];
            return Math.max(logit, 0) - logit * label + Math.log1p(Math.exp(-Math.abs(logit)));
        }
        return logOfSum(logits, start, outputs) - logits[start + label];
    }

    /** The logarithm of a class's probability over that of all others. */
    static double logOdds(float[] logits, int start, int outputs, int label) {
        double sum = 0;
        double max = logits[start + label];
        for (int i = 0; i < outputs; i++) {
            max = Math.max(max, logits[start + i]);
        }
        for (int i = 0; i < outputs; i++) {
            sum += i == label ? 0 : Math.exp(logits[start + i] - max);
        }
        return logits[start + label] - max - Math.log(sum);
    }

    public static int largest(float[] probabilities) {
        int largest = 0;
        for (int i = 1; i < probabilities.length; i++) {
            largest = probabilities[i] > probabilities[largest] ? i : largest;
        }
        return largest;
    }

    private static double logOfSum(float[] logits, int start, int outputs) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < outputs; i++) {
            max = Math.max(max, logits[start + i]);
        }
        double sum = 0;
        for (int i = 0; i < outputs; i++) {
            sum += Math.exp(logits[start + i] - max);
        }
        return max + Math.log(sum);
    }
}
