package dev.graft.compiled;

import dev.graft.nn.BatchNormLayer;
import dev.graft.nn.Conv2D;
import dev.graft.nn.DepthwiseConv2D;
import dev.graft.nn.FixedBatchNorm;
import dev.graft.nn.GlobalAveragePool2D;
import dev.graft.nn.Kernels;
import dev.graft.nn.MaxPool2D;
import dev.graft.nn.ReLU;
import dev.graft.nn.Rescaling;
import dev.graft.nn.SeparableConv2D;
import dev.graft.nn.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Turns a DL4J graph into the steps of a {@link CompiledNetwork}; weights are copied, the graph is not kept. */
final class Compiler {
    private static final double RELU6_CEILING = 6;

    private final ComputationGraph network;
    private final ComputationGraphConfiguration configuration;
    private final long[] inputShape;
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, Integer> stepOfLayer = new HashMap<>();
    private final Map<String, Integer> readers = new HashMap<>();

    Compiler(ComputationGraph network, long[] inputShape) {
        this.network = network;
        this.configuration = network.getConfiguration();
        this.inputShape = inputShape;
    }

    CompiledNetwork compile(String lastLayer) {
        if (!configuration.getVertices().containsKey(lastLayer)) {
            throw new IllegalArgumentException("Cannot compile up to layer " + lastLayer + ": there is no such layer");
        }
        Set<String> needed = ancestors(lastLayer);
        for (String input : configuration.getNetworkInputs()) {
            stepOfLayer.put(input, Step.NETWORK_INPUT);
        }
        for (int index : network.topologicalSortOrder()) {
            String name = network.getVertices()[index].getVertexName();
            if (needed.contains(name)) {
                add(name, Objects.requireNonNull(configuration.getVertices().get(name)));
            }
        }
        return new CompiledNetwork(steps, inputShape);
    }

    private Set<String> ancestors(String lastLayer) {
        Set<String> found = new HashSet<>();
        List<String> open = new ArrayList<>(List.of(lastLayer));
        while (!open.isEmpty()) {
            String name = open.remove(open.size() - 1);
            if (configuration.getVertices().containsKey(name) && found.add(name)) {
                List<String> inputs = inputsOf(name);
                inputs.forEach(input -> readers.merge(input, 1, Integer::sum));
                open.addAll(inputs);
            }
        }
        return found;
    }

    private void add(String name, GraphVertex vertex) {
        if (vertex instanceof LayerVertex layerVertex) {
            addLayer(name, layerVertex.getLayerConf().getLayer());
        } else if (vertex instanceof ElementWiseVertex sum && sum.getOp() == ElementWiseVertex.Op.Add) {
            append(name, new Operation.Add());
        } else {
            throw new IllegalArgumentException(
                    "Cannot compile layer " + name + ": " + vertex.getClass().getName() + " is not supported");
        }
    }

    private void addLayer(String name, Layer layer) {
        if (layer instanceof Conv2D conv) {
            append(name, convolution(name, Conv2D.KERNEL, conv.window()));
        } else if (layer instanceof DepthwiseConv2D conv) {
            append(name, depthwise(name, conv.window()));
        } else if (layer instanceof SeparableConv2D conv) {
            addSeparable(name, conv);
        } else if (layer instanceof FixedBatchNorm norm) {
            addBatchNorm(name, norm);
        } else if (layer instanceof MaxPool2D pool) {
            append(name, new Operation.MaxPooling(pool.window()));
        } else if (layer instanceof GlobalAveragePool2D) {
            append(name, new Operation.AveragePooling());
        } else if (layer instanceof Rescaling rescaling) {
            append(name, new Operation.Rescale(rescaling.scale(), rescaling.offset()));
        } else if (layer instanceof ReLU relu) {
            append(name, new Operation.Relu(relu.ceiling()));
        } else if (layer instanceof ActivationLayer activation) {
            append(name, relu(name, activation.getActivationFn()));
        } else if (layer instanceof DropoutLayer) {
            stepOfLayer.put(name, step(onlyInput(name)));
        } else if (layer instanceof FeedForwardLayer dense && dense.getActivationFn() instanceof ActivationIdentity) {
            append(name, dense(name));
        } else {
            throw new IllegalArgumentException(
                    "Cannot compile layer " + name + ": " + layer.getClass().getName() + " is not supported");
        }
    }

    private static Operation relu(String name, IActivation function) {
        if (function instanceof ActivationReLU) {
            return new Operation.Relu(Double.POSITIVE_INFINITY);
        }
        if (function instanceof ActivationReLU6) {
            return new Operation.Relu(RELU6_CEILING);
        }
        throw new IllegalArgumentException(
                "Cannot compile layer " + name + ": activation " + function + " is not supported (relu and relu6 are)");
    }

    private Operation dense(String name) {
        INDArray bias = weight(name, DefaultParamInitializer.BIAS_KEY);
        return new Operation.Dense(weight(name, DefaultParamInitializer.WEIGHT_KEY), bias.reshape(bias.length()));
    }

    private Operation convolution(String name, String kernel, Window window) {
        return new Operation.Convolution(window, new Operation.Origin(name, kernel, null), weight(name, kernel), null);
    }

    private Operation depthwise(String name, Window window) {
        String kernel = DepthwiseConv2D.KERNEL;
        return new Operation.DepthwiseConvolution(
                window, new Operation.Origin(name, kernel, null), weight(name, kernel), null);
    }

    private void addSeparable(String name, SeparableConv2D conv) {
        append(name, depthwise(name, conv.window()));
        int depthwise = step(name);
        append(name, convolution(name, SeparableConv2D.POINTWISE_KERNEL, SeparableConv2D.POINTWISE), depthwise);
    }

    private void addBatchNorm(String name, FixedBatchNorm norm) {
        INDArray scale = Nd4j.createFromArray(norm.inverseDeviation()).muli(weight(name, BatchNormLayer.GAMMA));
        INDArray mean = Nd4j.createFromArray(norm.movingMean());
        INDArray shift = weight(name, BatchNormLayer.BETA).subi(mean.muli(scale));
        String input = onlyInput(name);
        int step = step(input);
        boolean alone = readers.getOrDefault(input, 0) == 1 && step != Step.NETWORK_INPUT;
        if (alone && steps.get(step).operation() instanceof Operation.Weighted conv && conv.bias() == null) {
            INDArray kernel = conv.kernel().dup('c');
            Kernels.scaleOutputs(kernel, scale, kernel);
            fold(name, step, conv.folded(name, kernel, shift));
        } else {
            append(name, new Operation.ScaleAndShift(scale, shift));
        }
    }

    private void fold(String name, int step, Operation folded) {
        steps.set(
                step, new Step(folded, steps.get(step).shape(), steps.get(step).inputs()));
        stepOfLayer.put(name, step);
    }

    private List<String> inputsOf(String name) {
        return Objects.requireNonNull(configuration.getVertexInputs().get(name), name);
    }

    /** The step whose output is that of a layer. */
    private int step(String layer) {
        return Objects.requireNonNull(stepOfLayer.get(layer), layer);
    }

    private String onlyInput(String name) {
        return inputsOf(name).get(0);
    }

    private void append(String name, Operation operation) {
        int[] inputs = inputsOf(name).stream().mapToInt(this::step).toArray();
        append(name, operation, inputs);
    }

    private void append(String name, Operation operation, int... inputs) {
        long[] shape = inputs[0] == Step.NETWORK_INPUT
                ? inputShape
                : steps.get(inputs[0]).shape();
        steps.add(new Step(operation, operation.outputShape(shape), inputs));
        stepOfLayer.put(name, steps.size() - 1);
    }

    private INDArray weight(String layer, String name) {
        return network.getLayer(layer).getParam(name).dup('c');
    }
}
