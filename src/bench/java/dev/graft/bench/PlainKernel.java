package dev.graft.bench;

import java.io.Serializable;

/**
 * Weights of a convolution.
 *
 * @param values row-major
 * @param size height and width, in pixels
 * @param inputs channels of the input
 * @param outputs channels of the output for each input group: 1 for a depthwise convolution
 */
record PlainKernel(float[] values, int size, int inputs, int outputs) implements Serializable {

    /** HWIO. */
    long[] shape() {
        return new long[] {size, size, inputs, outputs};
    }

    /** This kernel, what belongs to an output channel multiplied with its factor. */
    PlainKernel scaled(float[] factors) {
        float[] scaled = values.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factors[i % factors.length];
        }
        return new PlainKernel(scaled, size, inputs, outputs);
    }
}
