package dev.graft.base;

import dev.graft.nn.Conv2D;
import dev.graft.nn.DepthwiseConv2D;
import dev.graft.nn.FixedBatchNorm;
import dev.graft.nn.MaxPool2D;
import dev.graft.nn.ReLU;
import dev.graft.nn.SeparableConv2D;
import dev.graft.nn.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.Layer;

/** Records an architecture layer by layer, each on top of the one before unless {@link #from} says otherwise. */
final class Sketch {
    /** A layer of the sketch: what it is, what it reads, and the block it belongs to. */
    record Node(Object layer, List<String> inputs, String block) {
        GraphVertex vertex() {
            return (GraphVertex) layer;
        }
    }

    private final double batchNormEpsilon;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, Integer> channels = new LinkedHashMap<>();
    private String block = "";
    private String last;

    Sketch(String input, int inputChannels, double batchNormEpsilon) {
        this.batchNormEpsilon = batchNormEpsilon;
        this.last = input;
        channels.put(input, inputChannels);
    }

    Map<String, Node> nodes() {
        return nodes;
    }

    Node node(String name) {
        return Objects.requireNonNull(nodes.get(name), name);
    }

    /** The layer that the next one is put on. */
    String last() {
        return last;
    }

    int channels() {
        return Objects.requireNonNull(channels.get(last), last);
    }

    /** The layers from here on belong to this block. */
    Sketch block(String name) {
        block = name;
        return this;
    }

    Sketch from(String layer) {
        last = layer;
        return this;
    }

    Sketch conv(String name, int filters, Window window) {
        return add(name, new Conv2D(channels(), filters, window), filters);
    }

    Sketch depthwise(String name, Window window) {
        return add(name, new DepthwiseConv2D(channels(), window), channels());
    }

    Sketch separable(String name, int filters) {
        return add(name, new SeparableConv2D(channels(), filters, Window.same(3, 1)), filters);
    }

    Sketch batchNorm(String name) {
        return add(name, new FixedBatchNorm(channels(), batchNormEpsilon), channels());
    }

    Sketch relu(String name) {
        return add(name, ReLU.unbounded(), channels());
    }

    Sketch relu6(String name) {
        return add(name, new ReLU(6), channels());
    }

    Sketch maxPool(String name, Window window) {
        return add(name, new MaxPool2D(window), channels());
    }

    /** Adds the output of another layer to the last one's. */
    Sketch add(String name, String other) {
        nodes.put(name, new Node(new ElementWiseVertex(ElementWiseVertex.Op.Add), List.of(last, other), block));
        return advance(name, channels());
    }

    private Sketch add(String name, Layer layer, int outputChannels) {
        nodes.put(name, new Node(layer, new ArrayList<>(List.of(last)), block));
        return advance(name, outputChannels);
    }

    private Sketch advance(String name, int outputChannels) {
        channels.put(name, outputChannels);
        last = name;
        return this;
    }
}
