package dev.graft.compiled;

import dev.graft.nn.Window;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;
import org.bytedeco.dnnl.primitive_desc_base;

/**
 * Appends the backward pass to a graph that has the forward pass: the gradient of each value, from the last to the
 * first that anything trainable goes into, and the gradients of weights.
 */
final class DnnGradients {
    private final DnnGraph graph;
    private final Natives natives;
    private final DnnLayers layers;
    private final Map<Integer, Integer> gradients = new HashMap<>();
    /** Values that depend on weights. */
    private final Set<Integer> trainable = new HashSet<>();

    DnnGradients(DnnGraph graph, Natives natives, DnnLayers layers) {
        this.graph = graph;
        this.natives = natives;
        this.layers = layers;
    }

    /**
     * Appends the gradients of a network.
     *
     * @param values the value that each step gave
     * @param kernels of the convolutions among the steps
     * @param last the gradient of the last step's output: images, channels, 1, 1
     */
    void add(List<FusedStep> steps, int[] values, Map<Operation.Origin, FoldedKernel> kernels, memory last) {
        for (int i = 0; i < steps.size(); i++) {
            FusedStep step = steps.get(i);
            if (step.operation() instanceof Operation.Weighted || readsTrainable(step, values)) {
                trainable.add(values[i]);
            }
        }
        for (int i = steps.size() - 1; i >= 0; i--) {
            FusedStep step = steps.get(i);
            if (i == steps.size() - 1) {
                averagePooling(Step.lookUp(step.inputs()[0], values), last);
            } else if (trainable.contains(values[i])) {
                add(step, values[i], values, kernels);
            }
        }
    }

    private boolean readsTrainable(FusedStep step, int... values) {
        for (int input : step.inputs()) {
            if (trainable.contains(Step.lookUp(input, values))) {
                return true;
            }
        }
        return false;
    }

    private void add(FusedStep step, int output, int[] values, Map<Operation.Origin, FoldedKernel> kernels) {
        int gradient = gradients.remove(output);
        int input = Step.lookUp(step.inputs()[0], values);
        if (step.activation() != null) {
            gradient = activation(step.activation(), output, gradient);
        }
        Operation operation = step.operation();
        if (operation instanceof Operation.Weighted convolution) {
            FoldedKernel kernel = Objects.requireNonNull(kernels.get(convolution.origin()));
            convolution(convolution.window(), kernel, input, output, gradient);
        } else if (operation instanceof Operation.MaxPooling pooling) {
            maxPooling(pooling.window(), input, output, gradient);
        } else if (operation instanceof Operation.Relu relu) {
            reaches(input, activation(relu, output, gradient));
        } else if (operation instanceof Operation.Add) {
            reaches(input, gradient);
            reaches(Step.lookUp(step.inputs()[1], values), gradient);
        } else {
            throw new IllegalArgumentException("Cannot train through " + operation);
        }
    }

    /** Adds a gradient to what has reached a value already. */
    private void reaches(int value, int gradient) {
        if (trainable.contains(value)) {
            Integer other = gradients.get(value);
            gradients.put(
                    value,
                    other == null ? gradient : layers.sum(other, layers.inLayout(gradient, graph.description(other))));
        }
    }

    /** That a primitive reads the gradient of its output. */
    private static DnnGraph.Read gradientOf(int gradient) {
        return new DnnGraph.Read(gradient, dnnl.DNNL_ARG_DIFF_DST);
    }

    private <T extends primitive_desc_base> T forward(int value, Class<T> type) {
        return type.cast(graph.node(value).description());
    }

    /** From the output alone, so that the input need not be kept. */
    private int activation(Operation.Relu relu, int output, int gradient) {
        memory.desc layout = graph.description(output);
        int reached = layers.inLayout(gradient, layout);
        dnnl.algorithm kind = Double.isInfinite(relu.ceiling())
                ? dnnl.algorithm.eltwise_relu_use_dst_for_bwd
                : dnnl.algorithm.eltwise_clip_v2_use_dst_for_bwd;
        float ceiling = Dnn.ceiling(relu);
        dnnl.prop_kind training = dnnl.prop_kind.forward_training;
        var hint = natives.own(new eltwise_forward.primitive_desc(
                natives.own(new eltwise_forward.desc(training, kind, layout, 0, ceiling)), Dnn.engine()));
        var operation = natives.own(new eltwise_backward.desc(kind, layout, layout, 0, ceiling));
        var description = natives.own(
                new eltwise_backward.primitive_desc(operation, Dnn.attributes(natives), Dnn.engine(), hint));
        return graph.add(new DnnGraph.Node(
                description,
                natives.own(new eltwise_backward(description)),
                layout,
                dnnl.DNNL_ARG_DIFF_SRC,
                1,
                List.of(gradientOf(reached), new DnnGraph.Read(output, dnnl.DNNL_ARG_DST)),
                Map.of()));
    }

    private void convolution(Window window, FoldedKernel kernel, int input, int output, int gradient) {
        var forward = forward(output, convolution_forward.primitive_desc.class);
        int source = graph.node(output).inputs().get(0).value();
        weights(window, kernel, forward, source, gradient);
        if (trainable.contains(input)) {
            reaches(input, data(window, kernel, forward, source, gradient));
        }
    }

    private void weights(
            Window window, FoldedKernel kernel, convolution_forward.primitive_desc forward, int source, int gradient) {
        long[] from = Dnn.dimensions(graph.description(source));
        memory.desc any = layers.any(graph.description(gradient));
        memory bias = kernel.biasGradient(natives);
        var operation = natives.own(
                bias == null
                        ? new convolution_backward_weights.desc(
                                dnnl.algorithm.convolution_direct,
                                graph.description(source),
                                kernel.folded().any(natives),
                                any,
                                window.strides(),
                                window.paddingBefore(from[2], from[3]),
                                window.paddingAfter(from[2], from[3]))
                        : new convolution_backward_weights.desc(
                                dnnl.algorithm.convolution_direct,
                                graph.description(source),
                                kernel.folded().any(natives),
                                kernel.folded().biases(natives),
                                any,
                                window.strides(),
                                window.paddingBefore(from[2], from[3]),
                                window.paddingAfter(from[2], from[3])));
        var description = natives.own(new convolution_backward_weights.primitive_desc(
                operation, Dnn.attributes(natives), Dnn.engine(), forward));
        int packed = graph.add(new DnnGraph.Node(
                description,
                natives.own(new convolution_backward_weights(description)),
                natives.own(description.diff_weights_desc()),
                dnnl.DNNL_ARG_DIFF_WEIGHTS,
                0,
                List.of(
                        DnnGraph.Read.source(source),
                        gradientOf(layers.inLayout(gradient, natives.own(description.diff_dst_desc())))),
                bias == null ? Map.of() : Map.of(dnnl.DNNL_ARG_DIFF_BIAS, bias)));
        graph.add(Dnn.storing(natives, packed, graph.description(packed), kernel.kernelGradient(natives)));
    }

    private int data(
            Window window, FoldedKernel kernel, convolution_forward.primitive_desc forward, int source, int gradient) {
        long[] from = Dnn.dimensions(graph.description(source));
        var operation = natives.own(new convolution_backward_data.desc(
                dnnl.algorithm.convolution_direct,
                layers.any(graph.description(source)),
                kernel.folded().any(natives),
                layers.any(graph.description(gradient)),
                window.strides(),
                window.paddingBefore(from[2], from[3]),
                window.paddingAfter(from[2], from[3])));
        var description = natives.own(new convolution_backward_data.primitive_desc(
                operation, Dnn.attributes(natives), Dnn.engine(), forward));
        memory weights = kernel.packed(graph, natives, natives.own(description.weights_desc()));
        return graph.add(new DnnGraph.Node(
                description,
                natives.own(new convolution_backward_data(description)),
                natives.own(description.diff_src_desc()),
                dnnl.DNNL_ARG_DIFF_SRC,
                0,
                List.of(gradientOf(layers.inLayout(gradient, natives.own(description.diff_dst_desc())))),
                Map.of(dnnl.DNNL_ARG_WEIGHTS, weights)));
    }

    private void maxPooling(Window window, int input, int output, int gradient) {
        memory.desc source = graph.description(input);
        long[] from = Dnn.dimensions(source);
        int reached = layers.inLayout(gradient, graph.description(output));
        var operation = natives.own(new pooling_backward.desc(
                dnnl.algorithm.pooling_max,
                source,
                graph.description(reached),
                window.strides(),
                new long[] {window.size(), window.size()},
                window.paddingBefore(from[2], from[3]),
                window.paddingAfter(from[2], from[3])));
        var description = natives.own(new pooling_backward.primitive_desc(
                operation,
                Dnn.attributes(natives),
                Dnn.engine(),
                forward(output, pooling_forward.primitive_desc.class)));
        reaches(input, pooling(description, reached, graph.node(output).constants()));
    }

    /** The gradient comes from outside. */
    private void averagePooling(int input, memory gradient) {
        memory.desc source = graph.description(input);
        long[] from = Dnn.dimensions(source);
        long[] size = {from[2], from[3]};
        long[] none = {0, 0};
        memory.desc pooled = natives.own(Dnn.description(new long[] {from[0], from[1], 1, 1}, Dnn.ANY));
        dnnl.algorithm average = dnnl.algorithm.pooling_avg_exclude_padding;
        dnnl.prop_kind training = dnnl.prop_kind.forward_training;
        var hint = natives.own(new pooling_forward.primitive_desc(
                natives.own(new pooling_forward.desc(training, average, source, pooled, size, size, none, none)),
                Dnn.engine()));
        memory.desc packed = natives.own(hint.dst_desc());
        int reached = graph.add(Dnn.loading(natives, gradient, packed));
        var operation = natives.own(new pooling_backward.desc(average, source, packed, size, size, none, none));
        var description = natives.own(
                new pooling_backward.primitive_desc(operation, Dnn.attributes(natives), Dnn.engine(), hint));
        reaches(input, pooling(description, reached, Map.of()));
    }

    private int pooling(pooling_backward.primitive_desc description, int gradient, Map<Integer, memory> constants) {
        return graph.add(new DnnGraph.Node(
                description,
                natives.own(new pooling_backward(description)),
                natives.own(description.diff_src_desc()),
                dnnl.DNNL_ARG_DIFF_SRC,
                0,
                List.of(gradientOf(gradient)),
                constants));
    }
}
