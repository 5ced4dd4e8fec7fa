package dev.graft.cli;

import dev.graft.pipeline.Extraction;
import dev.graft.pipeline.RunContext;
import dev.graft.pipeline.Stages;
import dev.graft.settings.Settings;
import dev.graft.spark.Session;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "extract",
        description =
                "Runs a base over the images of a manifest and stores their features. What is in the store already"
                        + " is not computed again.",
        footer = {
            "",
            "Example: submit/graft extract --manifest photos.csv --out features --base xception --weights xception.h5"
                    + " --cut block13 --input 150"
        })
final class ExtractCommand implements Callable<Integer> {
    @Option(names = "--manifest", required = true, paramLabel = "URI", description = "The images.")
    private String manifest = "";

    @Option(names = "--out", required = true, paramLabel = "STORE", description = "URI of the feature store.")
    private String store = "";

    @Option(
            names = "--views",
            paramLabel = "N",
            description = "Views of each image: the image as it is, and N-1 augmented as the settings of augment say.")
    private @Nullable Integer views;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private BaseOptions base = new BaseOptions();

    @Mixin
    private SettingsOptions settingsOptions = new SettingsOptions();

    @Override
    public Integer call() {
        Settings settings =
                base.addTo(settingsOptions).with("extract.views", views).loadFor(Uses.EXTRACT);
        Stages stages = Stages.from(settings);
        try (Session session = Session.start("extract")) {
            RunContext run = new RunContext(session.spark(), stages, CommandText.of(spec), new TrainingLog(false));
            new Extraction(run).extract(manifest, store);
        }
        return ExitCode.DONE.code();
    }
}
