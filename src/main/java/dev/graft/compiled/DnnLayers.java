package dev.graft.compiled;

import dev.graft.nn.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_forward;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc_base;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Puts the steps of a network into a graph of oneDNN primitives. */
final class DnnLayers {
    private final DnnGraph graph;
    private final Natives natives;
    private final int batch;
    private final dnnl.prop_kind kind;
    private final WeightMemory weights;

    /** @param kind of a forward pass: for inference, or such that gradients can be computed afterwards */
    DnnLayers(DnnGraph graph, Natives natives, int batch, dnnl.prop_kind kind, WeightMemory weights) {
        this.graph = graph;
        this.natives = natives;
        this.batch = batch;
        this.kind = kind;
        this.weights = weights;
    }

    /**
     * Adds a step.
     *
     * @param values the values that the steps before it gave
     * @return the value that this one gives
     */
    int add(FusedStep step, int... values) {
        int[] inputs = Arrays.stream(step.inputs())
                .map(input -> Step.lookUp(input, values))
                .toArray();
        Operation operation = step.operation();
        if (operation instanceof Operation.Weighted convolution) {
            return convolution(step, convolution.window(), ConvolutionKernel.of(convolution), inputs);
        } else if (operation instanceof Operation.MaxPooling pooling) {
            return maxPooling(step, pooling.window(), inputs[0]);
        } else if (operation instanceof Operation.AveragePooling) {
            return averagePooling(step, inputs[0]);
        } else if (operation instanceof Operation.ScaleAndShift affine) {
            int scaled = perChannel(dnnl.algorithm.binary_mul, inputs[0], affine.scale());
            return perChannel(dnnl.algorithm.binary_add, scaled, affine.shift());
        } else if (operation instanceof Operation.Rescale rescale) {
            float scale = (float) rescale.scale();
            return elementwise(dnnl.algorithm.eltwise_linear, scale, (float) rescale.offset(), inputs[0]);
        } else if (operation instanceof Operation.Relu relu) {
            return elementwise(Dnn.algorithm(relu), 0, Dnn.ceiling(relu), inputs[0]);
        } else if (operation instanceof Operation.Add) {
            return sum(inputs[0], inLayout(inputs[1], graph.description(inputs[0])));
        } else {
            return dense((Operation.Dense) operation, inputs[0]);
        }
    }

    /** A value in some layout, by a copy where it lies in another. */
    int inLayout(int value, memory.desc wanted) {
        memory.desc is = graph.description(value);
        return is.equals(wanted) ? value : graph.add(Dnn.reordering(natives, value, is, wanted));
    }

    /** The layout of a batch outside of the graph. */
    memory.desc rowMajor(long... shape) {
        return natives.own(Dnn.rowMajor(Dnn.dimensions(batch, shape)));
    }

    private memory.desc layout(memory.format_tag tag, long... dimensions) {
        return natives.own(Dnn.description(dimensions, tag));
    }

    private int convolution(FusedStep step, Window window, ConvolutionKernel kernel, int... inputs) {
        memory.desc given = graph.description(inputs[0]);
        boolean pixels = inputs[0] == Step.NETWORK_INPUT;
        memory.desc output = step.accumulates()
                ? graph.description(inputs[1])
                : layout(Dnn.ANY, Dnn.dimensions(batch, step.shape()));
        var description = natives.own(new convolution_forward.primitive_desc(
                kernel.forward(natives, kind, window, pixels ? given : any(given), output),
                Dnn.attributes(natives, step.accumulates(), step.activation()),
                Dnn.engine()));
        int source = inLayout(inputs[0], natives.own(description.src_desc()));
        return graph.add(new DnnGraph.Node(
                description,
                natives.own(new convolution_forward(description)),
                natives.own(description.dst_desc()),
                dnnl.DNNL_ARG_DST,
                step.accumulates() ? 1 : 0,
                step.accumulates()
                        ? List.of(new DnnGraph.Read(inputs[1], dnnl.DNNL_ARG_DST), DnnGraph.Read.source(source))
                        : List.of(DnnGraph.Read.source(source)),
                kernel.arguments(natives, weights, natives.own(description.weights_desc()))));
    }

    /** The dimensions of a layout in whichever layout suits best. */
    memory.desc any(memory.desc like) {
        return layout(Dnn.ANY, Dnn.dimensions(like));
    }

    private int maxPooling(FusedStep step, Window window, int input) {
        long[] size = {window.size(), window.size()};
        memory.desc source = graph.description(input);
        long[] from = Dnn.dimensions(source);
        return pooling(
                new pooling_forward.desc(
                        kind,
                        dnnl.algorithm.pooling_max,
                        source,
                        layout(Dnn.ANY, Dnn.dimensions(batch, step.shape())),
                        window.strides(),
                        size,
                        window.paddingBefore(from[2], from[3]),
                        window.paddingAfter(from[2], from[3])),
                input);
    }

    /** Its output lies in rows, ready for a fully connected layer. */
    private int averagePooling(FusedStep step, int input) {
        memory.desc source = graph.description(input);
        long[] from = Dnn.dimensions(source);
        long[] size = {from[2], from[3]};
        long[] none = {0, 0};
        long channels = step.shape()[0];
        int pooled = pooling(
                new pooling_forward.desc(
                        kind,
                        dnnl.algorithm.pooling_avg_exclude_padding,
                        source,
                        layout(Dnn.ANY, batch, channels, 1, 1),
                        size,
                        size,
                        none,
                        none),
                input);
        int plain = inLayout(pooled, layout(memory.format_tag.nchw, batch, channels, 1, 1));
        return graph.viewed(plain, rowMajor(channels));
    }

    private int pooling(pooling_forward.desc operation, int input) {
        var description = natives.own(
                new pooling_forward.primitive_desc(natives.own(operation), Dnn.attributes(natives), Dnn.engine()));
        return graph.add(new DnnGraph.Node(
                description,
                natives.own(new pooling_forward(description)),
                natives.own(description.dst_desc()),
                dnnl.DNNL_ARG_DST,
                0,
                List.of(DnnGraph.Read.source(input)),
                workspace(description)));
    }

    /** Where the maximum of each window was found, for the gradient; empty for inference. */
    private Map<Integer, memory> workspace(pooling_forward.primitive_desc description) {
        memory.desc layout = natives.own(description.workspace_desc());
        return layout.get_size() == 0
                ? Map.of()
                : Map.of(dnnl.DNNL_ARG_WORKSPACE, natives.own(new memory(layout, Dnn.engine())));
    }

    private int elementwise(dnnl.algorithm function, float alpha, float beta, int input) {
        memory.desc layout = graph.description(input);
        var operation = natives.own(new eltwise_forward.desc(kind, function, layout, alpha, beta));
        var description =
                natives.own(new eltwise_forward.primitive_desc(operation, Dnn.attributes(natives), Dnn.engine()));
        return inPlace(
                description,
                natives.own(new eltwise_forward(description)),
                layout,
                List.of(DnnGraph.Read.source(input)),
                Map.of());
    }

    /** Adds two values of the same layout. */
    int sum(int first, int second) {
        memory.desc layout = graph.description(first);
        var description = binary(dnnl.algorithm.binary_add, layout, layout);
        return inPlace(
                description,
                natives.own(new binary(description)),
                layout,
                List.of(DnnGraph.Read.source(first), new DnnGraph.Read(second, dnnl.DNNL_ARG_SRC_1)),
                Map.of());
    }

    /** A node that may write over its first input. */
    private int inPlace(
            primitive_desc_base description,
            primitive code,
            memory.desc layout,
            List<DnnGraph.Read> inputs,
            Map<Integer, memory> constants) {
        return graph.add(new DnnGraph.Node(description, code, layout, dnnl.DNNL_ARG_DST, 1, inputs, constants));
    }

    /** An operation with a number for each channel. */
    private int perChannel(dnnl.algorithm function, int input, INDArray numbers) {
        memory.desc layout = graph.description(input);
        long[] dimensions = Dnn.dimensions(layout);
        Arrays.fill(dimensions, 1);
        dimensions[1] = numbers.length();
        memory.desc row = layout(dimensions.length == 2 ? memory.format_tag.ab : memory.format_tag.nchw, dimensions);
        var description = binary(function, layout, row);
        return inPlace(
                description,
                natives.own(new binary(description)),
                layout,
                List.of(DnnGraph.Read.source(input)),
                Map.of(dnnl.DNNL_ARG_SRC_1, Dnn.view(natives, numbers, row)));
    }

    private binary.primitive_desc binary(dnnl.algorithm function, memory.desc layout, memory.desc other) {
        var operation = natives.own(new binary.desc(function, layout, other, layout));
        return natives.own(new binary.primitive_desc(operation, Dnn.attributes(natives), Dnn.engine()));
    }

    private int dense(Operation.Dense dense, int input) {
        long inputs = dense.kernel().size(0);
        long outputs = dense.kernel().size(1);
        memory.desc kernel = layout(memory.format_tag.ab, inputs, outputs);
        memory.desc bias = layout(memory.format_tag.ab, 1, outputs);
        memory.desc output = rowMajor(outputs);
        var operation = natives.own(new matmul.desc(graph.description(input), kernel, bias, output));
        var description = natives.own(new matmul.primitive_desc(operation, Dnn.attributes(natives), Dnn.engine()));
        return graph.add(new DnnGraph.Node(
                description,
                natives.own(new matmul(description)),
                output,
                dnnl.DNNL_ARG_DST,
                0,
                List.of(DnnGraph.Read.source(input)),
                Map.of(
                        dnnl.DNNL_ARG_WEIGHTS, Dnn.view(natives, dense.kernel(), kernel),
                        dnnl.DNNL_ARG_BIAS, Dnn.view(natives, dense.bias(), bias))));
    }
}
