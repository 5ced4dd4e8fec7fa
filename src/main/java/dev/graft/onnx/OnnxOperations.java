package dev.graft.onnx;

import dev.graft.compiled.Operation;
import dev.graft.compiled.Step;
import dev.graft.nn.Window;
import java.util.ArrayList;
import java.util.List;
import onnx.Onnx.AttributeProto;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Writes each operation of a compiled network as ONNX nodes; images are NCHW, and kernels OIHW. */
final class OnnxOperations {
    private final OnnxGraph graph;

    OnnxOperations(OnnxGraph graph) {
        this.graph = graph;
    }

    /**
     * Adds the nodes of an operation.
     *
     * @param name name of the tensor that the operation writes
     * @param inputShape shape of one image's first input, as in a {@link Step}
     * @param inputs names of the tensors that it reads
     */
    void add(String name, Operation operation, long[] inputShape, List<String> inputs) {
        String input = inputs.get(0);
        if (operation instanceof Operation.Convolution conv) {
            INDArray kernel = conv.kernel().permute(3, 2, 0, 1);
            addConvolution(name, input, kernel, conv.bias(), attributes(conv.window(), inputShape, 1));
        } else if (operation instanceof Operation.DepthwiseConvolution conv) {
            INDArray kernel = conv.kernel().permute(2, 3, 0, 1);
            addConvolution(name, input, kernel, conv.bias(), attributes(conv.window(), inputShape, inputShape[2]));
        } else if (operation instanceof Operation.MaxPooling pool) {
            graph.add("MaxPool", name, inputs, attributes(pool.window(), inputShape));
        } else if (operation instanceof Operation.AveragePooling) {
            graph.add("Flatten", name, List.of(graph.add("GlobalAveragePool", name + ".pooled", inputs)));
        } else if (operation instanceof Operation.ScaleAndShift norm) {
            addLinear(name, input, perChannel(norm.scale()), perChannel(norm.shift()));
        } else if (operation instanceof Operation.Rescale rescale) {
            addLinear(name, input, Nd4j.scalar(rescale.scale()), Nd4j.scalar(rescale.offset()));
        } else if (operation instanceof Operation.Relu relu) {
            addRelu(name, input, relu.ceiling());
        } else if (operation instanceof Operation.Add) {
            graph.add("Add", name, inputs);
        } else if (operation instanceof Operation.Dense dense) {
            addDense(name, input, dense);
        } else {
            throw new IllegalStateException("Cannot export operation " + operation + ": ONNX nodes are missing for it");
        }
    }

    private void addConvolution(
            String name, String input, INDArray kernel, @Nullable INDArray bias, AttributeProto... attributes) {
        List<String> inputs = new ArrayList<>(List.of(input, graph.constant(name + ".kernel", kernel)));
        if (bias != null) {
            inputs.add(graph.constant(name + ".bias", bias));
        }
        graph.add("Conv", name, inputs, attributes);
    }

    private void addLinear(String name, String input, INDArray scale, INDArray shift) {
        String scaled = graph.add("Mul", name + ".scaled", List.of(input, graph.constant(name + ".scale", scale)));
        graph.add("Add", name, List.of(scaled, graph.constant(name + ".shift", shift)));
    }

    private static INDArray perChannel(INDArray values) {
        return values.reshape('c', values.length(), 1, 1);
    }

    private void addRelu(String name, String input, double ceiling) {
        if (Double.isInfinite(ceiling)) {
            graph.add("Relu", name, List.of(input));
            return;
        }
        String floor = graph.constant(name + ".floor", Nd4j.scalar(0.0));
        graph.add("Clip", name, List.of(input, floor, graph.constant(name + ".ceiling", Nd4j.scalar(ceiling))));
    }

    private void addDense(String name, String input, Operation.Dense dense) {
        String kernel = graph.constant(name + ".kernel", dense.kernel());
        graph.add("Gemm", name, List.of(input, kernel, graph.constant(name + ".bias", dense.bias())));
    }

    private static AttributeProto[] attributes(Window window, long[] inputShape, long groups) {
        List<AttributeProto> attributes = new ArrayList<>(List.of(attributes(window, inputShape)));
        attributes.add(OnnxGraph.integer("group", groups));
        return attributes.toArray(AttributeProto[]::new);
    }

    private static AttributeProto[] attributes(Window window, long... inputShape) {
        long vertical = padding(window, inputShape[0]);
        long horizontal = padding(window, inputShape[1]);
        long top = vertical / 2;
        long left = horizontal / 2;
        return new AttributeProto[] {
            OnnxGraph.integers("kernel_shape", window.size(), window.size()),
            OnnxGraph.integers("strides", window.stride(), window.stride()),
            OnnxGraph.integers("pads", top, left, vertical - top, horizontal - left)
        };
    }

    /** Rows or columns of padding on both sides together: what the windows need and the image lacks. */
    private static long padding(Window window, long inputSize) {
        long outputSize = window.outputSize(Math.toIntExact(inputSize));
        return Math.max((outputSize - 1) * window.stride() + window.size() - inputSize, 0);
    }
}
