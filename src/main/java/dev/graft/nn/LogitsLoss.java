package dev.graft.nn;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A cross-entropy computed from logits, so that no probability is ever rounded to 0 or 1. The activation that DL4J
 * hands in is not applied: the output layer's is the identity.
 *
 * <p>Computed in double precision and outside ND4J: on the few numbers of a batch's logits an operation of ND4J's takes
 * longer to start than to run.
 */
abstract class LogitsLoss implements ILossFunction {
    private final double[] classWeights;
    private final double labelSmoothing;

    /**
     * @param classWeights by which the loss of each class's examples is multiplied; null or empty for one each
     * @param labelSmoothing how far labels are moved towards those of an example that could be of any class, 0 to 1
     */
    LogitsLoss(double @Nullable [] classWeights, double labelSmoothing) {
        this.classWeights = classWeights == null ? new double[0] : classWeights.clone();
        this.labelSmoothing = labelSmoothing;
    }

    @JsonProperty("classWeights")
    final double[] classWeights() {
        return classWeights.clone();
    }

    @JsonProperty("labelSmoothing")
    final double labelSmoothing() {
        return labelSmoothing;
    }

    /** The label of an example that could be of any class. */
    abstract double undecided(int outputs);

    /** The weight of an example of whole labels, given one for each class. */
    abstract double weight(double[] labels, double... weights);

    /**
     * The loss of one example.
     *
     * @param labels of the example, one for each of its logits
     * @param gradient set to the loss's gradient by the logits
     */
    abstract double loss(double[] labels, double[] logits, double[] gradient);

    /** Losses of shape [examples, 1] and their gradient by the logits, of shape [examples, outputs]. */
    private record Outcome(double[] losses, double[] gradient) {
        double sum() {
            return Arrays.stream(losses).sum();
        }
    }

    private Outcome outcome(INDArray labels, INDArray logits, INDArray mask) {
        int examples = Math.toIntExact(logits.size(0));
        int outputs = Math.toIntExact(logits.size(1));
        double[] y = values(labels);
        double[] z = values(logits);
        double[] weights = mask == null ? new double[0] : values(mask);
        double[] losses = new double[examples];
        double[] gradients = new double[z.length];
        double[] gradient = new double[outputs];
        for (int i = 0; i < examples; i++) {
            int from = i * outputs;
            int to = from + outputs;
            double[] label = Arrays.copyOfRange(y, from, to);
            double weight =
                    (mask == null ? 1 : weights[i]) * (classWeights.length == 0 ? 1 : weight(label, classWeights));
            smooth(label);
            losses[i] = weight * loss(label, Arrays.copyOfRange(z, from, to), gradient);
            for (int j = 0; j < outputs; j++) {
                gradients[from + j] = weight * gradient[j];
            }
        }
        return new Outcome(losses, gradients);
    }

    private void smooth(double... label) {
        for (int i = 0; i < label.length; i++) {
            label[i] = label[i] * (1 - labelSmoothing) + undecided(label.length) * labelSmoothing;
        }
    }

    private static double[] values(INDArray array) {
        return array.dup('c').data().asDouble();
    }

    private static INDArray array(double[] values, INDArray like) {
        int rows = Math.toIntExact(like.size(0));
        return Nd4j.create(values, new long[] {rows, values.length / rows}, like.dataType());
    }

    @Override
    public final INDArray computeScoreArray(INDArray labels, INDArray logits, IActivation activation, INDArray mask) {
        return array(outcome(labels, logits, mask).losses(), logits);
    }

    @Override
    public final INDArray computeGradient(INDArray labels, INDArray logits, IActivation activation, INDArray mask) {
        return array(outcome(labels, logits, mask).gradient(), logits);
    }

    @Override
    public final double computeScore(
            INDArray labels, INDArray logits, IActivation activation, INDArray mask, boolean average) {
        double sum = outcome(labels, logits, mask).sum();
        return average ? sum / logits.size(0) : sum;
    }

    @Override
    public final Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels, INDArray logits, IActivation activation, INDArray mask, boolean average) {
        Outcome outcome = outcome(labels, logits, mask);
        double sum = outcome.sum();
        return new Pair<>(average ? sum / logits.size(0) : sum, array(outcome.gradient(), logits));
    }

    @Override
    public final String name() {
        return getClass().getSimpleName();
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof LogitsLoss that
                && that.getClass() == getClass()
                && Arrays.equals(that.classWeights, classWeights)
                && Double.compare(that.labelSmoothing, labelSmoothing) == 0;
    }

    @Override
    public final int hashCode() {
        return Arrays.hashCode(classWeights) * 31 + Double.hashCode(labelSmoothing);
    }
}
