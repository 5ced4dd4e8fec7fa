package dev.graft.nn;

import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The square window of a convolution or pooling layer.
 *
 * @param size height and width, in pixels
 * @param stride step in both directions, in pixels
 * @param padding what stands outside the image, as in Keras
 */
public record Window(
        @JsonProperty("size") int size,
        @JsonProperty("stride") int stride,
        @JsonProperty("padding") Padding padding) {
    private static final int NHWC = 1;
    private static final int HWIO = 0;

    /** Keras' two kinds of padding. */
    public enum Padding {
        /** No padding: the window never leaves the image. */
        VALID,
        /** Zeros around the image, the odd one at the bottom and the right: output is ceil(input / stride). */
        SAME
    }

    public Window {
        if (size < 1 || stride < 1) {
            throw new IllegalArgumentException(
                    "Invalid window: size " + size + ", stride " + stride + " (both must be at least 1)");
        }
    }

    public static Window same(int size, int stride) {
        return new Window(size, stride, Padding.SAME);
    }

    public static Window valid(int size, int stride) {
        return new Window(size, stride, Padding.VALID);
    }

    /** The output's height or width for an input's, in pixels; zero or less where the window does not fit. */
    public int outputSize(int inputSize) {
        return switch (padding) {
            case SAME -> (inputSize + stride - 1) / stride;
            case VALID -> Math.floorDiv(inputSize - size, stride) + 1;
        };
    }

    /** Shape of the output for an input's shape; both end in height, width, channels. */
    public long[] outputShape(long[] inputShape, long channels) {
        long[] shape = inputShape.clone();
        int height = shape.length - 3;
        shape[height] = outputSize((int) shape[height]);
        shape[height + 1] = outputSize((int) shape[height + 1]);
        shape[height + 2] = channels;
        return shape;
    }

    /** Steps in height and width. */
    public long[] strides() {
        return new long[] {stride, stride};
    }

    /** Pixels of padding above and to the left of an image. */
    public long[] paddingBefore(long height, long width) {
        return new long[] {padding((int) height) / 2, padding((int) width) / 2};
    }

    /** Pixels of padding below and to the right of an image. */
    public long[] paddingAfter(long height, long width) {
        return new long[] {(padding((int) height) + 1) / 2, (padding((int) width) + 1) / 2};
    }

    private int padding(int inputSize) {
        return padding == Padding.VALID ? 0 : Math.max(0, (outputSize(inputSize) - 1) * stride + size - inputSize);
    }

    /** The integer arguments that ND4J's 2D convolutions take, for NHWC images and HWIO weights. */
    long[] convolutionArguments() {
        return new long[] {size, size, stride, stride, 0, 0, 1, 1, sameFlag(), NHWC, HWIO};
    }

    /** The integer arguments that ND4J's 2D pooling takes, for NHWC images. */
    long[] poolingArguments() {
        return new long[] {size, size, stride, stride, 0, 0, 1, 1, sameFlag(), 0, NHWC};
    }

    private int sameFlag() {
        return padding == Padding.SAME ? 1 : 0;
    }
}
