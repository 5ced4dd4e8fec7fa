package dev.graft.cli;

import dev.graft.base.BaseSettings;
import dev.graft.features.FeatureSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every verb that opens a base. */
final class BaseOptions {
    @Option(
            names = "--base",
            paramLabel = "NAME",
            description = "The pretrained network: xception, mobilenet-v2, xception-mini (bundled).")
    private @Nullable String base;

    @Option(names = "--weights", paramLabel = "URI", description = "Its weights without top, a Keras HDF5 file.")
    private @Nullable String weights;

    @Option(names = "--cut", paramLabel = "LAYER", description = "The layer or block after which the base ends.")
    private @Nullable String cut;

    @Option(names = "--input", paramLabel = "SIZE", description = "Side of the images, in pixels.")
    private @Nullable Integer input;

    /** Takes what features were made with, where nobody said otherwise. */
    static void suggest(FeatureSpec spec, SettingsOptions settings) {
        Terminal.err("features of " + spec.description());
        settings.suggest("base.name=" + spec.base());
        settings.suggest("base.weights=" + spec.origin());
        settings.suggest("base.alpha=" + spec.alpha());
        settings.suggest("base.cut=" + spec.cut());
        settings.suggest("base.input=" + spec.input());
        settings.suggest("decode.resize=" + spec.resize());
        settings.suggest("extract.views=" + spec.views());
        spec.augmentationSettings().forEach(settings::suggest);
    }

    /** Takes the base of a model, as the settings that it was trained with name it. */
    static void take(BaseSettings base, String resize, SettingsOptions settings) {
        settings.with("base.name", base.architecture().id())
                .with("base.weights", base.weights().orElse(""))
                .with("base.digest", base.digest().orElse(""))
                .with("base.alpha", base.alpha())
                .with("base.cut", base.cut().orElse(""))
                .with("base.input", base.input().orElse(0))
                .with("decode.resize", resize);
    }

    SettingsOptions addTo(SettingsOptions settings) {
        return settings.with("base.name", base)
                .with("base.weights", weights)
                .with("base.cut", cut)
                .with("base.input", input);
    }
}
