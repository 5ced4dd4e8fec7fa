package dev.graft.compiled;

import dev.graft.nn.Arrays4d;
import dev.graft.nn.Kernels;
import dev.graft.nn.Window;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastAddOp;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.api.ops.impl.reduce.floating.Mean;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.AddOp;
import org.nd4j.linalg.factory.Nd4j;

/** One operation of a compiled network: its output's shape, and how it runs on given arrays. */
public sealed interface Operation {

    /** Shape of one image's output, for one image's input. */
    long[] outputShape(long[] inputShape);

    /** Whether the output may be written over the first input. */
    default boolean inPlace() {
        return false;
    }

    /** Binds the operation to the arrays of a whole batch; each run reads the inputs and writes the output. */
    Runnable bind(INDArray output, INDArray... inputs);

    /** The layers of a network that a convolution was made of: its weights', and the batch norm folded into them, if any. */
    record Origin(String layer, String parameter, @Nullable String norm) {
        Origin with(String foldedNorm) {
            return new Origin(layer, parameter, foldedNorm);
        }
    }

    /** An operation with a kernel and, where batch norm is folded into it, a bias. */
    sealed interface Weighted extends Operation {
        Window window();

        Origin origin();

        INDArray kernel();

        @Nullable
        INDArray bias();

        /** The same with a batch norm folded into its kernel and bias. */
        Weighted folded(String norm, INDArray kernel, INDArray bias);
    }

    /** A convolution with an optional bias. */
    record Convolution(
            Window window,
            Origin origin,
            INDArray kernel,
            @Nullable INDArray bias) implements Weighted {
        @Override
        public Weighted folded(String norm, INDArray foldedKernel, INDArray foldedBias) {
            return new Convolution(window, origin.with(norm), foldedKernel, foldedBias);
        }

        @Override
        public long[] outputShape(long[] shape) {
            return window.outputShape(shape, kernel.size(3));
        }

        @Override
        public Runnable bind(INDArray output, INDArray... inputs) {
            var op = bias == null
                    ? Kernels.conv2d(window, output, inputs[0], kernel)
                    : Kernels.conv2d(window, output, inputs[0], kernel, bias);
            return () -> Nd4j.exec(op);
        }
    }

    /** A depthwise convolution with an optional bias. */
    record DepthwiseConvolution(
            Window window,
            Origin origin,
            INDArray kernel,
            @Nullable INDArray bias) implements Weighted {
        @Override
        public Weighted folded(String norm, INDArray foldedKernel, INDArray foldedBias) {
            return new DepthwiseConvolution(window, origin.with(norm), foldedKernel, foldedBias);
        }

        @Override
        public long[] outputShape(long[] shape) {
            return window.outputShape(shape, kernel.size(2));
        }

        @Override
        public Runnable bind(INDArray output, INDArray... inputs) {
            var op = bias == null
                    ? Kernels.depthwiseConv2d(window, output, inputs[0], kernel)
                    : Kernels.depthwiseConv2d(window, output, inputs[0], kernel, bias);
            return () -> Nd4j.exec(op);
        }
    }

    /** Max pooling. */
    record MaxPooling(Window window) implements Operation {
        @Override
        public long[] outputShape(long[] shape) {
            return window.outputShape(shape, shape[2]);
        }

        @Override
        public Runnable bind(INDArray output, INDArray... inputs) {
            var op = Kernels.maxPool2d(window, inputs[0], output);
            return () -> Nd4j.exec(op);
        }
    }

    /** Mean over height and width. */
    record AveragePooling() implements Operation {
        @Override
        public long[] outputShape(long[] shape) {
            return new long[] {shape[2]};
        }

        @Override
        public Runnable bind(INDArray output, INDArray... inputs) {
            var op = new Mean(inputs[0], output, false, 1, 2);
            return () -> Nd4j.exec(op);
        }
    }

    /** A scale and a shift for each channel: batch norm that has no convolution before it to be folded into. */
    record ScaleAndShift(INDArray scale, INDArray shift) implements Operation {
        @Override
        public long[] outputShape(long[] shape) {
            return shape;
        }

        @Override
        public boolean inPlace() {
            return true;
        }

        @Override
        public Runnable bind(INDArray output, INDArray... inputs) {
            INDArray pixels = Arrays4d.asMatrix(output);
            var multiply = new BroadcastMulOp(Arrays4d.asMatrix(inputs[0]), scale, pixels, 1);
            var add = new BroadcastAddOp(pixels, shift, pixels, 1);
            return () -> {
                Nd4j.exec(multiply);
                Nd4j.exec(add);
            };
        }
    }

    /** One scale and one offset for every value. */
    record Rescale(double scale, double offset) implements Operation {
        @Override
        public long[] outputShape(long[] shape) {
            return shape;
        }

        @Override
        public boolean inPlace() {
            return true;
        }

        @Override
        public Runnable bind(INDArray output, INDArray... inputs) {
            return () -> inputs[0].muli(scale, output).addi(offset);
        }
    }

    /** max(x, 0), at most {@code ceiling}. */
    record Relu(double ceiling) implements Operation {
        @Override
        public long[] outputShape(long[] shape) {
            return shape;
        }

        @Override
        public boolean inPlace() {
            return true;
        }

        @Override
        public Runnable bind(INDArray output, INDArray... inputs) {
            return Kernels.relu(ceiling, inputs[0], output);
        }
    }

    /** The sum of two inputs of the same shape. */
    record Add() implements Operation {
        @Override
        public long[] outputShape(long[] shape) {
            return shape;
        }

        @Override
        public boolean inPlace() {
            return true;
        }

        @Override
        public Runnable bind(INDArray output, INDArray... inputs) {
            var op = new AddOp(inputs[0], inputs[1], output);
            return () -> Nd4j.exec(op);
        }
    }

    /** A fully connected layer: x W + b. */
    record Dense(INDArray kernel, INDArray bias) implements Operation {
        @Override
        public long[] outputShape(long[] shape) {
            return new long[] {kernel.size(1)};
        }

        @Override
        public Runnable bind(INDArray output, INDArray... inputs) {
            var op = DynamicCustomOp.builder("xw_plus_b")
                    .addInputs(inputs[0], kernel, bias)
                    .addOutputs(output)
                    .build();
            return () -> Nd4j.exec(op);
        }
    }
}
