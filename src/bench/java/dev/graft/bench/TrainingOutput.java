package dev.graft.bench;

/**
 * What contenders that train are compared by: the loss, and its gradient by what is added to each channel after the last
 * convolution but one, which goes back through ReLU, a pointwise and a depthwise convolution.
 *
 * <p>Further down, the gradients of TensorFlow 2.18 are wrong wherever its oneDNN uses AVX-512: in the last 16 of 1024
 * channels of a depthwise convolution (right with {@code ONEDNN_MAX_CPU_ISA=AVX2}, which is slower).
 */
final class TrainingOutput {
    private TrainingOutput() {}

    /** Which of a number of convolutions in their order counts. */
    static int probed(int convolutions) {
        return convolutions - 2;
    }

    /**
     * The mean loss, then the gradient.
     *
     * @param gradient of the mean loss, one value for each channel
     */
    static float[] of(float loss, float[] gradient) {
        float[] output = new float[1 + gradient.length];
        output[0] = loss;
        System.arraycopy(gradient, 0, output, 1, gradient.length);
        return output;
    }
}
