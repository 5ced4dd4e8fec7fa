package dev.graft.base;

import dev.graft.settings.InvalidInputException;
import dev.graft.settings.ShownText;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The weights in a Keras HDF5 file ({@code save_weights} or a whole model), by layer and weight name. Values are read
 * when asked for.
 */
public final class KerasWeights implements AutoCloseable {
    private static final Pattern AUTOMATIC = Pattern.compile("(conv2d|batch_normalization)(_\\d+)?");

    /** The group of a whole-model file that holds the optimizer's copies of every weight. */
    private static final String OPTIMIZER = "optimizer_weights";

    /** Keras nests five groups. */
    private static final int DEEPEST = 32;

    /** Keras' largest network has some thousand layers. */
    private static final int MOST_GROUPS = 100_000;

    private final HdfFile file;
    private final String origin;
    private final Map<String, Map<String, Dataset>> layers = new LinkedHashMap<>();
    private int groups;

    private KerasWeights(HdfFile file, String origin) {
        this.file = file;
        this.origin = origin;
    }

    /**
     * Opens a file.
     *
     * @param origin what the file is called in messages
     */
    public static KerasWeights open(Path path, String origin) {
        HdfFile file = reading(origin, () -> new HdfFile(path));
        KerasWeights weights = new KerasWeights(file, origin);
        try {
            reading(origin, () -> {
                weights.collect(file, 0);
                weights.numberFromOne("conv2d");
                weights.numberFromOne("batch_normalization");
                return weights;
            });
            return weights;
        } catch (InvalidInputException e) {
            file.close();
            throw e;
        }
    }

    /** A damaged file gives any exception of any type, and where it says that it is huge or endless, an error. */
    private static <T> T reading(String origin, Supplier<T> read) {
        try {
            return read.get();
        } catch (InvalidInputException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new InvalidInputException(damage(origin, String.valueOf(e.getMessage())), e);
        }
    }

    private static String damage(String origin, String reason) {
        return "Cannot read weights " + origin + ": it is not an HDF5 file as Keras"
                + " writes with save_weights(…, save_format=\"h5\") (" + ShownText.name(reason) + ")";
    }

    /** Names of the layers that have weights, in the file's order. */
    public Set<String> layers() {
        return layers.keySet();
    }

    /** Names of a layer's weights; empty for a layer that is not there. */
    public Set<String> weights(String layer) {
        return layers.getOrDefault(layer, Map.of()).keySet();
    }

    /** Keras' shape of a weight, if the file has it. */
    public Optional<List<Integer>> shape(String layer, String weight) {
        return Optional.ofNullable(layers.getOrDefault(layer, Map.of()).get(weight))
                .map(dataset -> reading(origin, dataset::getDimensions))
                .map(dimensions -> Arrays.stream(dimensions).boxed().toList());
    }

    /** The values of a weight in row-major order. */
    public float[] values(String layer, String weight) {
        Dataset dataset = layers.getOrDefault(layer, Map.of()).get(weight);
        if (dataset == null) {
            throw new IllegalArgumentException(
                    "Cannot read " + layer + "/" + weight + " from " + origin + ": the file has no such weight");
        }
        Class<?> type = reading(origin, dataset::getJavaType);
        if (type != float.class) {
            throw new InvalidInputException("Cannot read " + layer + "/" + weight + " from " + origin
                    + ": its values are " + type + ", not 32 bit floats; save the model in float32");
        }
        if (reading(origin, dataset::getDataFlat) instanceof float[] values) {
            return values;
        }
        throw new InvalidInputException(damage(origin, layer + "/" + weight + " has no values"));
    }

    private void collect(Group group, int depth) {
        if (depth > DEEPEST || ++groups > MOST_GROUPS) {
            throw new InvalidInputException(damage(origin, "its groups lead back to themselves"));
        }
        for (Node node : group.getChildren().values()) {
            if (node instanceof Group child) {
                if (!child.getName().equals(OPTIMIZER)) {
                    collect(child, depth + 1);
                }
            } else if (node instanceof Dataset dataset) {
                String weight = dataset.getName().replaceFirst(":0$", "");
                layers.computeIfAbsent(group.getName(), name -> new TreeMap<>()).put(weight, dataset);
            }
        }
    }

    /**
     * Layers that Keras named by itself count on from what was built before in the same session ({@code conv2d},
     * {@code conv2d_1}… or {@code conv2d_5}…); here they count from one, in the same order.
     */
    private void numberFromOne(String prefix) {
        Set<String> automatic = new HashSet<>();
        layers.keySet().stream()
                .filter(name -> AUTOMATIC.matcher(name).matches() && name.startsWith(prefix))
                .forEach(automatic::add);
        List<String> ordered = automatic.stream()
                .sorted(Comparator.comparingInt(KerasWeights::number))
                .toList();
        List<Map<String, Dataset>> found = ordered.stream().map(layers::remove).toList();
        for (int i = 0; i < found.size(); i++) {
            layers.put(prefix + "_" + (i + 1), found.get(i));
        }
    }

    private static int number(String name) {
        Matcher matcher = AUTOMATIC.matcher(name);
        return matcher.matches() && matcher.group(2) != null
                ? Integer.parseInt(matcher.group(2).substring(1))
                : 0;
    }

    @Override
    public void close() {
        file.close();
    }
}
