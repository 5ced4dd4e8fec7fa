package dev.graft.compiled;

import dev.graft.nn.Window;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The weights of a convolution, for oneDNN.
 *
 * @param origin whose they are
 * @param array as Keras has them: height, width, inputs, outputs; or height, width, channels, 1
 * @param dimensions as oneDNN has them: outputs, inputs, height, width; or channels, 1, 1, height, width
 * @param layout in which the array has these dimensions
 * @param bias a number for each output, or null
 */
record ConvolutionKernel(
        Operation.Origin origin,
        INDArray array,
        long[] dimensions,
        memory.format_tag layout,
        @Nullable INDArray bias) {

    static ConvolutionKernel of(Operation.Weighted convolution) {
        INDArray array = convolution.kernel();
        boolean depthwise = convolution instanceof Operation.DepthwiseConvolution;
        long[] dimensions = depthwise
                ? new long[] {array.size(2), 1, 1, array.size(0), array.size(1)}
                : new long[] {array.size(3), array.size(2), array.size(0), array.size(1)};
        memory.format_tag layout = depthwise ? memory.format_tag.hwigo : memory.format_tag.hwio;
        return new ConvolutionKernel(convolution.origin(), array, dimensions, layout, convolution.bias());
    }

    /** Describes the convolution; the primitive may choose in which layout it wants the weights. */
    convolution_forward.desc forward(
            Natives natives, dnnl.prop_kind kind, Window window, memory.desc source, memory.desc output) {
        long[] from = Dnn.dimensions(source);
        memory.desc weights = any(natives);
        long[] strides = window.strides();
        long[] before = window.paddingBefore(from[2], from[3]);
        long[] after = window.paddingAfter(from[2], from[3]);
        dnnl.algorithm direct = dnnl.algorithm.convolution_direct;
        return natives.own(
                bias == null
                        ? new convolution_forward.desc(kind, direct, source, weights, output, strides, before, after)
                        : new convolution_forward.desc(
                                kind, direct, source, weights, biases(natives), output, strides, before, after));
    }

    /** The weights as arguments of a primitive that wants them in some layout. */
    Map<Integer, memory> arguments(Natives natives, WeightMemory weights, memory.desc wanted) {
        Map<Integer, memory> arguments = new HashMap<>();
        arguments.put(dnnl.DNNL_ARG_WEIGHTS, weights.of(this, wanted));
        if (bias != null) {
            arguments.put(dnnl.DNNL_ARG_BIAS, Dnn.view(natives, bias, biases(natives)));
        }
        return arguments;
    }

    /** How the weights lie in the array. */
    memory.desc plain(Natives natives) {
        return natives.own(Dnn.description(dimensions, layout));
    }

    /** The weights' dimensions in whichever layout suits best. */
    memory.desc any(Natives natives) {
        return natives.own(Dnn.description(dimensions, Dnn.ANY));
    }

    memory.desc biases(Natives natives) {
        return natives.own(Dnn.description(new long[] {dimensions[0]}, memory.format_tag.x));
    }
}
