package dev.graft.nn;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * A cross-entropy computed from logits, so that no probability is ever rounded to 0 or 1. The activation that DL4J
 * hands in is not applied: the output layer's is the identity.
 */
abstract class LogitsLoss implements ILossFunction {

    /** Losses of shape [examples, 1], for labels and logits of the same shape [examples, outputs]. */
    abstract INDArray losses(INDArray labels, INDArray logits);

    /** Gradient of each example's loss with respect to its logits, of the logits' shape. */
    abstract INDArray gradient(INDArray labels, INDArray logits);

    @Override
    public final INDArray computeScoreArray(INDArray labels, INDArray logits, IActivation activation, INDArray mask) {
        INDArray losses = losses(labels.castTo(logits.dataType()), logits);
        return mask == null ? losses : losses.muliColumnVector(mask);
    }

    @Override
    public final INDArray computeGradient(INDArray labels, INDArray logits, IActivation activation, INDArray mask) {
        INDArray gradient = gradient(labels.castTo(logits.dataType()), logits);
        return mask == null ? gradient : gradient.muliColumnVector(mask);
    }

    @Override
    public final double computeScore(
            INDArray labels, INDArray logits, IActivation activation, INDArray mask, boolean average) {
        double sum =
                computeScoreArray(labels, logits, activation, mask).sumNumber().doubleValue();
        return average ? sum / logits.size(0) : sum;
    }

    @Override
    public final Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels, INDArray logits, IActivation activation, INDArray mask, boolean average) {
        return new Pair<>(
                computeScore(labels, logits, activation, mask, average),
                computeGradient(labels, logits, activation, mask));
    }

    @Override
    public final String name() {
        return getClass().getSimpleName();
    }

    @Override
    public final boolean equals(Object other) {
        return other != null && other.getClass() == getClass();
    }

    @Override
    public final int hashCode() {
        return getClass().hashCode();
    }
}
