package dev.graft.averaging;

import java.io.Serializable;

/**
 * What a {@link Score} is made of, summed over examples. The area under the ROC curve comes from counts of scores in
 * bins, so that sums stay small however many examples there are; a bin of logits is 1/64 wide for one output, 1/4 for
 * several.
 */
public final class ScoreSums implements Serializable {
    private static final long serialVersionUID = 1;

    /** Logits beyond it are counted with it. */
    private static final double LARGEST_LOGIT = 32;

    private static final int BINS_OF_ONE_OUTPUT = 4096;
    private static final int BINS_OF_SEVERAL = 256;

    private final int outputs;
    private final int bins;
    private long examples;
    private double lossSum;
    private long right;
    /** By output and bin: examples of other classes, and examples of the output's own. */
    private final long[][] others;

    private final long[][] own;

    /** @param outputs logits of an example: one for two classes */
    public ScoreSums(int outputs) {
        this.outputs = outputs;
        this.bins = outputs == 1 ? BINS_OF_ONE_OUTPUT : BINS_OF_SEVERAL;
        this.others = new long[outputs][bins];
        this.own = new long[outputs][bins];
    }

    /**
     * Adds an example.
     *
     * @param start index of its first logit
     * @param label index of its class
     */
    public void add(float[] logits, int start, int label) {
        examples++;
        lossSum += Probabilities.crossEntropy(logits, start, outputs, label);
        right += Probabilities.largest(Probabilities.of(logits, start, outputs)) == label ? 1 : 0;
        if (outputs == 1) {
            count(0, logits[start], label == 1);
        } else {
            for (int i = 0; i < outputs; i++) {
                count(i, Probabilities.logOdds(logits, start, outputs, i), label == i);
            }
        }
    }

    private void count(int output, double logOdds, boolean isOwn) {
        double share = (logOdds + LARGEST_LOGIT) / (2 * LARGEST_LOGIT);
        int bin = (int) Math.max(0, Math.min(bins - 1, share * bins));
        (isOwn ? own : others)[output][bin]++;
    }

    public void add(ScoreSums sums) {
        examples += sums.examples;
        lossSum += sums.lossSum;
        right += sums.right;
        for (int i = 0; i < outputs; i++) {
            for (int bin = 0; bin < bins; bin++) {
                own[i][bin] += sums.own[i][bin];
                others[i][bin] += sums.others[i][bin];
            }
        }
    }

    public Score score() {
        return examples == 0
                ? Score.NONE
                : new Score(examples, lossSum / examples, (double) right / examples, areaUnderRoc());
    }

    /** Of the second class where there are two, else the mean over the classes that have examples and counterexamples. */
    private double areaUnderRoc() {
        double sum = 0;
        int areas = 0;
        for (int i = 0; i < outputs; i++) {
            double area = areaUnderRoc(own[i], others[i]);
            if (!Double.isNaN(area)) {
                sum += area;
                areas++;
            }
        }
        return areas == 0 ? Double.NaN : sum / areas;
    }

    /** The share of pairs of an own and another example that are in the right order; in the same bin counts half. */
    private static double areaUnderRoc(long[] own, long[] others) {
        double pairs = 0;
        long othersBelow = 0;
        long ownInAll = 0;
        for (int bin = 0; bin < own.length; bin++) {
            pairs += own[bin] * (othersBelow + others[bin] / 2.0);
            othersBelow += others[bin];
            ownInAll += own[bin];
        }
        return pairs / ((double) ownInAll * othersBelow);
    }
}
