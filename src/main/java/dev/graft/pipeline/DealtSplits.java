package dev.graft.pipeline;

import dev.graft.manifest.ManifestSettings;
import dev.graft.publish.ModelDescription;
import dev.graft.settings.Settings;
import java.util.List;
import java.util.Optional;

/** How images that name no split get one: where a model was trained with other settings, it has seen others' test images. */
public final class DealtSplits {
    private static final List<String> KEYS = List.of("seed", "manifest.split");

    private DealtSplits() {}

    /** The settings that deal images as they were dealt when the model was trained, as assignments. */
    public static List<String> of(ModelDescription model) {
        Settings trained = Settings.ofEffective(model.settings());
        return KEYS.stream().map(key -> key + "=" + trained.rendered(key)).toList();
    }

    /** Warns where a run deals images in another way than a model's training did. */
    static Optional<String> warning(OpenedModel opened, Stages stages) {
        ModelDescription model = opened.bundle().description();
        ManifestSettings then = ManifestSettings.from(Settings.ofEffective(model.settings()));
        ManifestSettings now = stages.manifest();
        if (then.seed() == now.seed() && then.shares().equals(now.shares())) {
            return Optional.empty();
        }
        return Optional.of(
                "Warning: model " + opened.bundle().version() + " was trained with " + String.join(", ", of(model))
                        + ": of images that name no split, it has seen some that are test images here");
    }
}
