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

    /** Takes the base that features were made with. */
    static void take(FeatureSpec spec, SettingsOptions settings) {
        Terminal.err("features of " + spec.description());
        settings.with("base.name", spec.base())
                .with("base.weights", spec.origin())
                .with("base.alpha", spec.alpha())
                .with("base.cut", spec.cut())
                .with("base.input", spec.input())
                .with("decode.resize", spec.resize())
                .with("extract.views", spec.views());
        spec.augmentationSettings().forEach(settings::with);
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
