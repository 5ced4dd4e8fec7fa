package dev.graft.train;

/**
 * How well a head does on examples it is not trained on.
 *
 * @param examples how many
 * @param loss mean cross-entropy in nats; not a number where there are no examples
 * @param accuracy share whose class it finds; not a number where there are no examples
 */
public record Score(long examples, double loss, double accuracy) {
    static Score of(long examples, double lossSum, long right) {
        return examples == 0
                ? new Score(0, Double.NaN, Double.NaN)
                : new Score(examples, lossSum / examples, (double) right / examples);
    }
}
