package dev.graft.publish;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle says about its network.
 *
 * @param labels the classes, in the order of the network's outputs
 * @param settings the effective settings of the run, HOCON
 * @param metrics one JSON object; null when the model was not evaluated
 * @param history of its training, one JSON object on a line for each epoch; empty for a head that was never trained, null
 *     in bundles of releases that did not keep it
 */
public record ModelDescription(
        List<String> labels,
        Preprocessing preprocessing,
        String settings,
        @Nullable String metrics,
        @Nullable String history,
        Provenance provenance) {

    public ModelDescription {
        labels = List.copyOf(labels);
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("Invalid labels: none (at least one class)");
        }
    }
}
