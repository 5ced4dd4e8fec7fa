package dev.graft.bench;

import java.io.Serializable;
import java.util.List;

/** A layer of a {@link PlainNetwork}: NHWC images in and out. */
sealed interface PlainLayer extends Serializable {
    String name();

    /** Names of the layers it reads. */
    List<String> inputs();

    /** x * scale + offset. */
    record Rescaling(String name, List<String> inputs, float scale, float offset) implements PlainLayer {}

    /**
     * A convolution over all channels.
     *
     * @param bias one value for each output; empty for none
     */
    record Convolution(
            String name, List<String> inputs, PlainKernel kernel, float[] bias, int stride, boolean samePadding)
            implements PlainLayer {}

    /** A convolution of each channel by itself. */
    record DepthwiseConvolution(String name, List<String> inputs, PlainKernel kernel, int stride, boolean samePadding)
            implements PlainLayer {}

    /** Batch norm in inference mode, the statistics fixed. */
    record BatchNorm(
            String name,
            List<String> inputs,
            float[] gamma,
            float[] beta,
            float[] mean,
            float[] variance,
            double epsilon)
            implements PlainLayer {
        /** What each channel is multiplied with. */
        float[] scale() {
            float[] scale = new float[gamma.length];
            for (int i = 0; i < scale.length; i++) {
                scale[i] = (float) (gamma[i] / Math.sqrt(variance[i] + epsilon));
            }
            return scale;
        }

        /** What is added to each channel after that. */
        float[] shift() {
            float[] shift = scale();
            for (int i = 0; i < shift.length; i++) {
                shift[i] = beta[i] - mean[i] * shift[i];
            }
            return shift;
        }
    }

    record Relu(String name, List<String> inputs) implements PlainLayer {}

    record MaxPooling(String name, List<String> inputs, int size, int stride, boolean samePadding)
            implements PlainLayer {}

    /** The sum of its two inputs. */
    record Addition(String name, List<String> inputs) implements PlainLayer {}

    /** The mean over all pixels: [images, channels]. */
    record GlobalAveragePooling(String name, List<String> inputs) implements PlainLayer {}
}
