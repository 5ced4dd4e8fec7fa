package dev.graft.pipeline;

import dev.graft.settings.InvalidInputException;
import dev.graft.settings.Section;
import dev.graft.settings.Settings;
import java.util.Optional;

/**
 * What the nightly run works on.
 *
 * @param manifest its URI; empty where images is given
 * @param images URI of a directory with one folder for each class, of which each run makes the manifest anew
 * @param model {@code REGISTRY/NAME}
 * @param features URI of the feature store; empty for {@code features}, below the model
 * @param fineTune whether layers of the base are trained on once the head has converged
 * @param prometheusFile a local file for the figures of the run
 */
public record RetrainSettings(
        Optional<String> manifest,
        Optional<String> images,
        Optional<String> model,
        Optional<String> features,
        boolean fineTune,
        Optional<String> prometheusFile) {
    public static RetrainSettings from(Settings settings) {
        Section retrain = settings.section("retrain");
        return new RetrainSettings(
                retrain.optionalText("manifest"),
                retrain.optionalText("images"),
                retrain.optionalText("model").map(RetrainSettings::withoutSlash),
                retrain.optionalText("features"),
                retrain.flag("fine-tune"),
                retrain.optionalText("prometheus-file"));
    }

    private static String withoutSlash(String uri) {
        return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    }

    /** Refuses settings with which there is nothing to do. */
    public void check() {
        if (model.isEmpty()) {
            throw new InvalidInputException(
                    "Missing setting: retrain.model (REGISTRY/NAME, such as s3a://bucket/models/pets)");
        }
        if (manifest.isPresent() == images.isPresent()) {
            throw new InvalidInputException(
                    manifest.isPresent()
                            ? "Invalid retrain.images: " + images.get()
                                    + " (retrain.manifest is given too; give one of them)"
                            : "Missing setting: retrain.manifest, or retrain.images for a directory of class folders");
        }
    }

    public String requiredModel() {
        return model.orElseThrow();
    }

    public String store() {
        return features.orElseGet(() -> requiredModel() + "/features");
    }
}
