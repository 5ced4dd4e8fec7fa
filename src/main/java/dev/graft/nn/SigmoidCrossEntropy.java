package dev.graft.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Keras' {@code BinaryCrossentropy(from_logits=True)}: {@code max(z, 0) - z * y + log(1 + exp(-|z|))} for logit z and
 * label y in 0..1, in nats.
 */
public final class SigmoidCrossEntropy extends LogitsLoss {

    @Override
    INDArray losses(INDArray labels, INDArray logits) {
        INDArray softplus = Transforms.log(
                Transforms.exp(Transforms.abs(logits, true).negi(), false).addi(1), false);
        return Transforms.relu(logits, true)
                .subi(logits.mul(labels))
                .addi(softplus)
                .sum(true, 1);
    }

    @Override
    INDArray gradient(INDArray labels, INDArray logits) {
        return Transforms.sigmoid(logits, true).subi(labels);
    }
}
