package dev.graft.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's own kernels on NHWC images and HWIO weights, bound to the arrays they read and write. */
public final class Kernels {
    private Kernels() {}

    public static CustomOp conv2d(Window window, INDArray output, INDArray... inputWeightsBias) {
        return kernel("conv2d", window.convolutionArguments(), inputWeightsBias, output);
    }

    /** Gradients in the order of the inputs: of the input, of the weights. */
    static CustomOp conv2dGradients(Window window, INDArray[] inputWeightsEpsilon, INDArray... gradients) {
        return kernel("conv2d_bp", window.convolutionArguments(), inputWeightsEpsilon, gradients);
    }

    public static CustomOp depthwiseConv2d(Window window, INDArray output, INDArray... inputWeightsBias) {
        return kernel("depthwise_conv2d", window.convolutionArguments(), inputWeightsBias, output);
    }

    /** Gradients in the order of the inputs: of the input, of the weights. */
    static CustomOp depthwiseConv2dGradients(Window window, INDArray[] inputWeightsEpsilon, INDArray... gradients) {
        return kernel("depthwise_conv2d_bp", window.convolutionArguments(), inputWeightsEpsilon, gradients);
    }

    public static CustomOp maxPool2d(Window window, INDArray input, INDArray output) {
        return kernel("maxpool2d", window.poolingArguments(), new INDArray[] {input}, output);
    }

    static CustomOp maxPool2dGradient(Window window, INDArray input, INDArray epsilon, INDArray gradient) {
        return kernel("maxpool2d_bp", window.poolingArguments(), new INDArray[] {input, epsilon}, gradient);
    }

    /**
     * {@code min(max(input, 0), ceiling)}, as often as it is run.
     *
     * @param ceiling infinity for none
     */
    public static Runnable relu(double ceiling, INDArray input, INDArray output) {
        if (Double.isInfinite(ceiling)) {
            var op = new RectifiedLinear(input, output, 0.0);
            return () -> Nd4j.exec(op);
        }
        var op = DynamicCustomOp.builder("clipbyvalue")
                .addInputs(input)
                .addOutputs(output)
                .addFloatingPointArguments(0.0, ceiling)
                .build();
        return () -> Nd4j.exec(op);
    }

    /** Repeats a [images, 1, channels] array over the pixels of a [images, pixels, channels] array. */
    static CustomOp repeatOverPixels(INDArray input, INDArray output) {
        return kernel("tile", new long[] {1, output.size(1), 1}, new INDArray[] {input}, output);
    }

    /** Multiplies each channel of NHWC images with its factor, at once. */
    static void scaleChannels(INDArray images, INDArray factors, INDArray output) {
        Nd4j.exec(new BroadcastMulOp(Arrays4d.asMatrix(images), factors, Arrays4d.asMatrix(output), 1));
    }

    /** Multiplies the weights of each output of a convolution with its factor. */
    public static void scaleOutputs(INDArray kernel, INDArray factors, INDArray result) {
        long outputs = factors.length();
        scaleChannels(outputsAsColumns(kernel, outputs), factors, outputsAsColumns(result, outputs));
    }

    /** A view of a kernel with a column for each output; outputs vary fastest in HWIO and in depthwise HWC1. */
    public static INDArray outputsAsColumns(INDArray kernel, long outputs) {
        return kernel.reshape('c', kernel.length() / outputs, outputs);
    }

    /** The sums over all pixels, one for each channel, of [pixels, channels]; a matrix product is faster than a reduction. */
    public static INDArray channelSums(INDArray pixels) {
        INDArray ones = Nd4j.ones(pixels.dataType(), 1, pixels.rows());
        return ones.mmul(pixels).reshape(pixels.columns());
    }

    private static CustomOp kernel(String name, long[] arguments, INDArray[] inputs, INDArray... outputs) {
        DynamicCustomOp kernel = DynamicCustomOp.builder(name)
                .addInputs(inputs)
                .addOutputs(outputs)
                .build();
        kernel.addIArgument(arguments);
        return kernel;
    }
}
