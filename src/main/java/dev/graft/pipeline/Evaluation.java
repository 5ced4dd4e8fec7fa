package dev.graft.pipeline;

import dev.graft.evaluate.Comparison;
import dev.graft.evaluate.Metrics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How good a candidate is.
 *
 * @param current the version that it would replace; empty where there is none
 * @param metrics null where there are no test images
 * @param comparison null where there is nothing to compare with
 */
public record Evaluation(
        String current, @Nullable Metrics metrics, @Nullable Comparison comparison) {

    /** Why the candidate may not take the place of the current version; empty when it may. */
    public List<String> objections() {
        if (current.isEmpty()) {
            return List.of();
        }
        return comparison == null
                ? List.of("there are no test images to hold the candidate against the current model on")
                : comparison.objections();
    }
}
