package dev.graft.averaging;

/**
 * How well a network does on examples.
 *
 * @param examples how many
 * @param loss mean cross-entropy in nats; not a number where there are no examples
 * @param accuracy share whose class it finds; not a number where there are no examples
 * @param auc area under the ROC curve, of the second class where there are two, else the mean over the classes; not a
 *     number where there is nothing to compare
 */
public record Score(long examples, double loss, double accuracy, double auc) {
    public static final Score NONE = new Score(0, Double.NaN, Double.NaN, Double.NaN);

    /** Whether its loss is lower; where nothing was scored there is nothing better. */
    public boolean isBetterThan(Score other) {
        return loss < other.loss || (Double.isNaN(other.loss) && !Double.isNaN(loss));
    }
}
