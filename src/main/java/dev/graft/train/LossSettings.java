package dev.graft.train;

import dev.graft.nn.SigmoidCrossEntropy;
import dev.graft.nn.SoftmaxCrossEntropy;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * What a training minimizes: cross-entropy from logits.
 *
 * @param classWeights one for each class; null for one each
 * @param labelSmoothing how far labels are moved towards those of an example that could be of any class
 */
record LossSettings(double @Nullable [] classWeights, double labelSmoothing) {

    ILossFunction of(int outputs) {
        return outputs == 1
                ? new SigmoidCrossEntropy(classWeights, labelSmoothing)
                : new SoftmaxCrossEntropy(classWeights, labelSmoothing);
    }
}
