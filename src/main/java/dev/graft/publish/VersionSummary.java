package dev.graft.publish;

import java.util.Optional;

/**
 * One version of a model, as a list shows it.
 *
 * @param isCurrent whether it is what the model's name stands for
 * @param description what its bundle says; empty where the bundle is not whole
 * @param decision the latest about it; empty where there is none
 */
public record VersionSummary(
        String version, boolean isCurrent, Optional<ModelDescription> description, Optional<Decision> decision) {}
