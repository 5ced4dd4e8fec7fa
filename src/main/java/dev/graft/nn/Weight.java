package dev.graft.nn;

import java.util.Arrays;

/**
 * A trainable weight of a layer: its name, Keras' shape, and the fans of Glorot's initialisation.
 *
 * @param parameter DL4J's name, such as {@code depthwise-kernel}: Keras' with dashes, since DL4J takes what follows the
 *     last underscore of a gradient's name for the parameter
 * @param fanIn inputs of one unit; zero for a weight that starts at {@code start}
 * @param fanOut outputs that one input feeds
 * @param start initial value where there is no fan
 * @param shape Keras' shape: HWIO for kernels, one dimension for the rest
 */
public record Weight(String parameter, long fanIn, long fanOut, float start, long... shape) {

    static Weight kernel(String parameter, long fanIn, long fanOut, long... shape) {
        return new Weight(parameter, fanIn, fanOut, 0, shape);
    }

    static Weight vector(String parameter, long size, float start) {
        return new Weight(parameter, 0, 0, start, size);
    }

    /** Keras' name, such as {@code depthwise_kernel}. */
    public String kerasName() {
        return parameter.replace('-', '_');
    }

    /** Number of values. */
    public long count() {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    boolean isKernel() {
        return fanIn > 0;
    }
}
