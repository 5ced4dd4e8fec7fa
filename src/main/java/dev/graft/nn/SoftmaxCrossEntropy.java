package dev.graft.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Keras' {@code CategoricalCrossentropy(from_logits=True)}: {@code log(sum(exp(z))) - sum(y * z)} for logits z and
 * labels y that sum to 1, in nats.
 */
public final class SoftmaxCrossEntropy extends LogitsLoss {

    @Override
    INDArray losses(INDArray labels, INDArray logits) {
        INDArray shifted = logits.subColumnVector(logits.max(true, 1));
        INDArray logOfSum = Transforms.log(Transforms.exp(shifted, true).sum(true, 1), false);
        return logOfSum.subi(shifted.mul(labels).sum(true, 1));
    }

    @Override
    INDArray gradient(INDArray labels, INDArray logits) {
        return Transforms.softmax(logits, true).subi(labels);
    }
}
