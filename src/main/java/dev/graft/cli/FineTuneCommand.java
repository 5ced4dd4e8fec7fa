package dev.graft.cli;

import dev.graft.base.BaseSettings;
import dev.graft.pipeline.FineTuning;
import dev.graft.pipeline.OpenedModel;
import dev.graft.pipeline.RunContext;
import dev.graft.pipeline.RunLog;
import dev.graft.pipeline.Stages;
import dev.graft.publish.ModelDescription;
import dev.graft.settings.InvalidInputException;
import dev.graft.settings.Settings;
import dev.graft.spark.Session;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "fine-tune",
        description = "Unfreezes layers of a model's base, trains on at a very low learning rate with batch norm in"
                + " inference mode, and publishes the better of the two models on the validation images.",
        footer = {
            "",
            "Which layers train, and how fast, is fine-tune.layers in the settings (default: all, at 1e-5).",
            "Example: submit/graft fine-tune --model models/pets --manifest photos.csv --out models/pets-tuned"
        })
final class FineTuneCommand implements Callable<Integer> {
    @Option(
            names = "--model",
            required = true,
            paramLabel = "URI",
            description = "The model: REGISTRY/NAME, REGISTRY/NAME@VERSION or the directory of a version.")
    private String model = "";

    @Option(
            names = "--manifest",
            required = true,
            paramLabel = "URI",
            description = "The labelled images; some must be of the split validation.")
    private String manifest = "";

    @Option(
            names = "--out",
            required = true,
            paramLabel = "MODEL",
            description = "REGISTRY/NAME: where the result is published.")
    private String out = "";

    @Option(names = "--from-scratch", description = "Accept a model whose head was never trained.")
    private boolean fromScratch;

    @Mixin
    private PromoteOption promote = new PromoteOption();

    @Option(names = "--json", description = "Print one JSON object for each epoch on standard output, and only that.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SettingsOptions settingsOptions = new SettingsOptions();

    @Override
    public Integer call() {
        Stages given = Stages.from(settingsOptions.loadFor(Uses.FINE_TUNE));
        RunLog log = new TrainingLog(json);
        try (Session session = Session.start("fine-tune")) {
            SparkSession spark = session.spark();
            OpenedModel opened = OpenedModel.open(spark, model, given.decode(), log);
            opened.noteUnused(given, log);
            RunContext run = new RunContext(spark, stagesOf(opened, log), CommandText.of(spec), log);
            new FineTuning(run, opened)
                    .tune(
                            manifest,
                            out,
                            fromScratch ? FineTuning.Start.ANY : FineTuning.Start.TRAINED_HEAD,
                            promote.value());
        }
        return ExitCode.DONE.code();
    }

    /** The stages with the base of the model, whose settings go into the new bundle too, and with its splits. */
    private Stages stagesOf(OpenedModel opened, RunLog log) {
        ModelDescription description = opened.bundle().description();
        BaseOptions.take(baseOf(opened), description.preprocessing().resize(), settingsOptions);
        return settingsOptions.stagesFor(opened, log);
    }

    private static BaseSettings baseOf(OpenedModel opened) {
        try {
            Settings written =
                    Settings.ofEffective(opened.bundle().description().settings());
            BaseSettings base = BaseSettings.from(written);
            written.checkValues();
            return base;
        } catch (InvalidInputException e) {
            throw new InvalidInputException(
                    "Cannot fine-tune " + opened.name() + ": its settings.conf is of another release or was changed: "
                            + e.getMessage(),
                    e);
        }
    }
}
