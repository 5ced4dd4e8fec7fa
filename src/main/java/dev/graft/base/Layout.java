package dev.graft.base;

import dev.graft.nn.GlobalAveragePool2D;
import dev.graft.nn.Rescaling;
import dev.graft.settings.InvalidInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeFeedForward;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.jspecify.annotations.Nullable;

/** The layers of a base from raw pixels to features, cut where asked; no weights yet. */
public final class Layout {
    /** The network's input: raw pixels, NHWC, 0..255. */
    public static final String PIXELS = "pixels";

    public static final String RESCALING = "rescaling";
    /** The last layer: features of shape [images, channels]. */
    public static final String FEATURES = "global_average_pooling2d";
    /** The last layer of a head on the features: logits, one for two classes, else one for each. */
    public static final String LOGITS = "dense";

    private static final int RGB = 3;
    private static final double PIXEL_SCALE = 1 / 127.5;
    private static final double PIXEL_OFFSET = -1;

    private final Architecture architecture;
    private final double alpha;
    private final int inputSize;
    private final String cut;
    private final Map<String, LayerEntry> layers = new LinkedHashMap<>();
    private final Map<String, InputType> shapes = new LinkedHashMap<>();

    private Layout(Architecture architecture, double alpha, int inputSize, String cut) {
        this.architecture = architecture;
        this.alpha = alpha;
        this.inputSize = inputSize;
        this.cut = cut;
    }

    /**
     * Lays out a base.
     *
     * @param inputSize side of the images, in pixels
     * @param cut the layer or block after which the base ends; null for its own end
     */
    public static Layout of(Architecture architecture, double alpha, int inputSize, @Nullable String cut) {
        if (inputSize < architecture.minimumInput()) {
            throw new InvalidInputException("Invalid base.input: " + inputSize + " (" + architecture.id()
                    + " takes images of at least " + architecture.minimumInput() + " pixels)");
        }
        Sketch sketch = architecture.sketch(RESCALING, alpha);
        String last = cut == null ? sketch.last() : Cut.resolve(cut, sketch, architecture);
        Layout layout = new Layout(architecture, alpha, inputSize, last);
        layout.add(sketch);
        return layout;
    }

    private void add(Sketch sketch) {
        shapes.put(PIXELS, InputType.convolutional(inputSize, inputSize, RGB, CNN2DFormat.NHWC));
        add(RESCALING, RESCALING, List.of(PIXELS), new Rescaling(PIXEL_SCALE, PIXEL_OFFSET));
        Set<String> needed = ancestors(sketch, cut);
        sketch.nodes().forEach((name, node) -> {
            if (needed.contains(name)) {
                add(name, node);
            }
        });
        add(FEATURES, FEATURES, List.of(cut), new GlobalAveragePool2D());
    }

    private static Set<String> ancestors(Sketch sketch, String last) {
        Set<String> found = new LinkedHashSet<>();
        List<String> open = new ArrayList<>(List.of(last));
        while (!open.isEmpty()) {
            String name = open.remove(open.size() - 1);
            if (sketch.nodes().containsKey(name) && found.add(name)) {
                open.addAll(sketch.node(name).inputs());
            }
        }
        return found;
    }

    private void add(String name, Sketch.Node node) {
        if (node.layer() instanceof Layer layer) {
            add(name, node.block(), node.inputs(), layer);
        } else {
            InputType shape = outputOf(node.inputs().get(0));
            shapes.put(name, shape);
            layers.put(name, new LayerEntry(name, node.block(), node.inputs(), null, node.vertex(), dimensions(shape)));
        }
    }

    private void add(String name, String block, List<String> inputs, Layer layer) {
        layer.setLayerName(name);
        InputType shape = layer.getOutputType(-1, outputOf(inputs.get(0)));
        shapes.put(name, shape);
        layers.put(name, new LayerEntry(name, block, inputs, layer, null, dimensions(shape)));
    }

    private InputType outputOf(String layer) {
        return Objects.requireNonNull(shapes.get(layer), layer);
    }

    private static List<Long> dimensions(InputType shape) {
        if (shape instanceof InputTypeConvolutional images) {
            return List.of(images.getHeight(), images.getWidth(), images.getChannels());
        }
        return List.of(((InputTypeFeedForward) shape).getSize());
    }

    public Architecture architecture() {
        return architecture;
    }

    public double alpha() {
        return alpha;
    }

    /** Side of the images, in pixels. */
    public int inputSize() {
        return inputSize;
    }

    /** Name of the last layer of the base. */
    public String cut() {
        return cut;
    }

    /** The layers from rescaling to global average pooling, each after those it reads. */
    public List<LayerEntry> layers() {
        return List.copyOf(layers.values());
    }

    /**
     * The highest place below every layer that trains at which the network hangs by one layer alone: {@link #PIXELS}, or
     * a layer through which everything above it reads what is below.
     */
    public String cutBelow(TrainableRules rules) {
        List<LayerEntry> all = layers();
        List<LayerEntry> trainable = all.stream()
                .filter(layer -> rules.trainable(layer) && layer.trainableWeights() > 0)
                .toList();
        if (trainable.isEmpty()) {
            throw new InvalidInputException(
                    "Cannot fine-tune: no layer of the base trains (the rules freeze every layer"
                            + " that has weights)");
        }
        int lowest = all.indexOf(trainable.get(0));
        for (int cut = lowest - 1; cut >= 0; cut--) {
            if (hangsBy(all, cut)) {
                return all.get(cut).name();
            }
        }
        return PIXELS;
    }

    /** Whether the layers above one read nothing from below but that one. */
    private static boolean hangsBy(List<LayerEntry> all, int cut) {
        Set<String> hidden = new LinkedHashSet<>(List.of(PIXELS));
        all.subList(0, cut).forEach(layer -> hidden.add(layer.name()));
        return all.subList(cut + 1, all.size()).stream()
                .noneMatch(layer -> layer.inputs().stream().anyMatch(hidden::contains));
    }

    /** Shape of what a layer gives for one image, or of the pixels. */
    public long[] shape(String layer) {
        return dimensions(outputOf(layer)).stream().mapToLong(Long::longValue).toArray();
    }

    /** The number of features of an image. */
    public int features() {
        return Math.toIntExact(((InputTypeFeedForward) outputOf(FEATURES)).getSize());
    }

    /** How pixels are scaled before the first layer, for people and provenance. */
    public String scaling() {
        return "x / 127.5 - 1";
    }

    /** Blocks in order, without rescaling and pooling. */
    public List<String> blocks() {
        return layers.values().stream().map(LayerEntry::block).distinct().collect(Collectors.toList());
    }

    /** Adds the layers to a graph whose input is {@link #PIXELS}. */
    public void addTo(GraphBuilder graph) {
        addTo(graph, layer -> layer);
    }

    /** Adds the layers, each as the given function has it, to a graph whose input is {@link #PIXELS}. */
    public void addTo(GraphBuilder graph, UnaryOperator<Layer> change) {
        for (LayerEntry entry : layers.values()) {
            String[] inputs = entry.inputs().toArray(String[]::new);
            if (entry.layer() != null) {
                graph.addLayer(entry.name(), change.apply(entry.layer().clone()), inputs);
            } else if (entry.vertex() != null) {
                graph.addVertex(entry.name(), entry.vertex().clone(), inputs);
            }
        }
    }
}
