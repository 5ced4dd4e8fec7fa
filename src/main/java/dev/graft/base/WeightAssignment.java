package dev.graft.base;

import dev.graft.nn.FixedBatchNorm;
import dev.graft.nn.FloatArrays;
import dev.graft.nn.KerasLayer;
import dev.graft.nn.Weight;
import dev.graft.settings.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Copies Keras weights into a network; whatever does not match is reported at once, with both sides, and so are values
 * that are NaN or infinite.
 */
final class WeightAssignment {
    private static final int REPORTED = 8;
    private static final String MOVING_MEAN = "moving_mean";
    private static final String MOVING_VARIANCE = "moving_variance";

    private final KerasWeights file;
    private final Layout layout;
    private final List<String> mismatches = new ArrayList<>();
    private final List<String> notFinite = new ArrayList<>();

    WeightAssignment(KerasWeights file, Layout layout) {
        this.file = file;
        this.layout = layout;
    }

    /** Fills a network that has at least the layers of the layout. */
    void fill(ComputationGraph network, String origin) {
        layout.layers().forEach(this::check);
        if (!mismatches.isEmpty()) {
            throw new InvalidInputException(message(
                    origin,
                    " weights do not match. Give the weights of the network named by --base (and its alpha), or cut below"
                            + " the layers that are missing.",
                    mismatches));
        }
        layout.layers().forEach(layer -> fill(network, layer));
        if (!notFinite.isEmpty()) {
            throw new InvalidInputException(message(
                    origin,
                    " weights have values that are NaN or infinite. Give others, such as those of an epoch before the"
                            + " training diverged.",
                    notFinite));
        }
    }

    private String message(String origin, String reason, List<String> lines) {
        StringBuilder message = new StringBuilder("Cannot load weights " + origin + " into "
                + layout.architecture().id() + " cut at " + layout.cut() + ": " + lines.size() + reason);
        lines.stream().limit(REPORTED).forEach(line -> message.append("\n  ").append(line));
        if (lines.size() > REPORTED) {
            message.append("\n  … and ").append(lines.size() - REPORTED).append(" more");
        }
        return message.toString();
    }

    private void check(LayerEntry entry) {
        if (entry.layer() instanceof KerasLayer layer) {
            layer.weights().forEach(weight -> check(entry.name(), weight.kerasName(), weight.shape()));
            if (layer instanceof FixedBatchNorm norm) {
                check(entry.name(), MOVING_MEAN, norm.channels());
                check(entry.name(), MOVING_VARIANCE, norm.channels());
            }
        }
    }

    private void check(String layer, String weight, long... shape) {
        List<Integer> wanted =
                Arrays.stream(shape).mapToInt(Math::toIntExact).boxed().toList();
        Optional<List<Integer>> found = file.shape(layer, weight);
        if (!found.equals(Optional.of(wanted))) {
            String inFile = found.map(Object::toString).orElse("missing");
            mismatches.add(layer + "/" + weight + ": in the file " + inFile + ", in the network " + wanted);
        }
    }

    private void fill(ComputationGraph network, LayerEntry entry) {
        String name = entry.name();
        if (entry.layer() instanceof KerasLayer layer) {
            for (Weight weight : layer.weights()) {
                float[] values = values(name, weight.kerasName());
                network.getLayer(name).getParam(weight.parameter()).assign(FloatArrays.array(values, weight.shape()));
            }
            if (network.getLayer(name).conf().getLayer() instanceof FixedBatchNorm norm) {
                norm.setStatistics(values(name, MOVING_MEAN), values(name, MOVING_VARIANCE));
            }
        }
    }

    private float[] values(String layer, String weight) {
        float[] values = file.values(layer, weight);
        int count = FloatArrays.countNotFinite(values);
        if (count > 0) {
            notFinite.add("%s/%s: %d of %d".formatted(layer, weight, count, values.length));
        }
        return values;
    }
}
