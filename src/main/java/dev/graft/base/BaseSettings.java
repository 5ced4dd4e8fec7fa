package dev.graft.base;

import dev.graft.settings.Section;
import dev.graft.settings.Settings;
import dev.graft.settings.UriCredentials;
import dev.graft.storage.QualifiedPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Which pretrained network is the base, where its weights are, and where it is cut.
 *
 * @param weights URI of a Keras HDF5 file; absent for the bundled weights of xception-mini
 * @param digest what the file's digest must be, as {@code sha256:…}; absent when it is only to be recorded
 * @param input side of the images, in pixels; absent for the size the base was pretrained on
 * @param cut the layer or block after which the base ends; absent for its own end
 * @param alpha width multiplier of MobileNetV2
 */
public record BaseSettings(
        Architecture architecture,
        Optional<String> weights,
        Optional<String> digest,
        Optional<Integer> input,
        Optional<String> cut,
        double alpha) {
    private static final int LARGEST_INPUT = 4096;

    public static BaseSettings from(Settings settings) {
        Section base = settings.section("base");
        int input = base.count("input", 0, LARGEST_INPUT);
        return new BaseSettings(
                base.choice("name", Architecture.class),
                base.optionalText("weights"),
                base.optionalText("digest"),
                input == 0 ? Optional.empty() : Optional.of(input),
                base.optionalText("cut"),
                base.number("alpha", 0.05, 10));
    }

    /**
     * The complete URI of the weights, as features that they made are stored with it; empty for bundled ones.
     *
     * @throws dev.graft.settings.InvalidInputException if it is on no file system that Hadoop knows
     */
    public String origin(Configuration hadoop) {
        try {
            return weights.isEmpty()
                    ? ""
                    : UriCredentials.redactedUri(
                            QualifiedPath.of(hadoop, weights.get()).path().toString());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open weights " + weights.orElse(""), e);
        }
    }

    public Layout layout() {
        return Layout.of(architecture, alpha, input.orElse(architecture.defaultInput()), cut.orElse(null));
    }
}
