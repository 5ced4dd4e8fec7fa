package dev.graft.cli;

import dev.graft.base.BaseSettings;
import dev.graft.evaluate.Metrics;
import dev.graft.manifest.ManifestDigest;
import dev.graft.manifest.Split;
import dev.graft.manifest.TrainingManifest;
import dev.graft.publish.ModelDescription;
import dev.graft.publish.Provenance;
import dev.graft.settings.InvalidInputException;
import dev.graft.settings.Settings;
import dev.graft.train.Checkpoints;
import dev.graft.train.FineTuned;
import dev.graft.train.FineTuner;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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

    @Option(names = "--json", description = "Print one JSON object for each epoch on standard output, and only that.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SettingsOptions settingsOptions = new SettingsOptions();

    @Override
    public Integer call() {
        Stages.from(settingsOptions.load());
        TrainingLog log = new TrainingLog(json);
        try (Session session = Session.start("fine-tune")) {
            SparkSession spark = session.spark();
            OpenedModel opened = OpenedModel.open(spark, model);
            requireTrainedHead(opened);
            Stages stages = stagesOf(opened);
            Publishing publishing = new Publishing(spark, stages, CommandText.of(spec), log, out);
            Dataset<Row> images = stages.read(spark, manifest);
            requireClasses(opened, TrainingManifest.check(images));
            String digest = ManifestDigest.of(spark, manifest);
            Checkpoints checkpoints =
                    publishing.checkpoints("fine-tune", digest, opened.bundle().uri());
            FineTuned tuned = tune(spark, stages, opened, images, checkpoints, log);
            report(tuned, log);
            publish(spark, stages, publishing, opened, images, digest, tuned, log);
            checkpoints.clear();
        }
        return ExitCode.DONE.code();
    }

    /** The stages with the base of the model: its settings go into the new bundle too. */
    private Stages stagesOf(OpenedModel opened) {
        ModelDescription description = opened.bundle().description();
        BaseSettings base = BaseSettings.from(Settings.ofEffective(description.settings()));
        BaseOptions.take(base, description.preprocessing().resize(), settingsOptions);
        return Stages.from(settingsOptions.load());
    }

    private void requireTrainedHead(OpenedModel opened) {
        String history = opened.bundle().description().history();
        if (history != null && history.isBlank() && !fromScratch) {
            throw new InvalidInputException("Cannot fine-tune " + model + ": its head was never trained, and the large"
                    + " gradients of a random head would spoil what the base knows (train the head first, or say"
                    + " --from-scratch)");
        }
    }

    private void requireClasses(OpenedModel opened, TrainingManifest training) {
        if (!opened.labels().equals(training.labels())) {
            throw new InvalidInputException("Cannot fine-tune " + model + " on " + manifest
                    + ": the model's classes are " + opened.labels() + ", the manifest's are " + training.labels());
        }
    }

    private FineTuned tune(
            SparkSession spark,
            Stages stages,
            OpenedModel opened,
            Dataset<Row> images,
            Checkpoints checkpoints,
            TrainingLog log) {
        return new FineTuner(
                        spark,
                        stages.fineTune(),
                        stages.augment(),
                        stages.decode(),
                        stages.extract().batch(),
                        Optional.of(checkpoints),
                        new TerminalProgress())
                .tune(
                        opened.classifier(),
                        stages.base().layout(),
                        images,
                        counts -> log.decoded(counts, stages.decode().maxRejectedShare()),
                        log::epoch);
    }

    private static void report(FineTuned tuned, TrainingLog log) {
        log.say("batch norm statistics changed: " + tuned.statisticsChanged());
        log.say("frozen weights changed: " + tuned.frozenChanged());
        log.say(String.format(
                Locale.ROOT,
                "validation loss: head only %.4f, fine-tuned %.4f; the %s model is kept",
                tuned.before().loss(),
                tuned.after().loss(),
                tuned.isFineTuned() ? "fine-tuned" : "head-only"));
    }

    /** That of the model that is kept: fine-tuning comes after what was before, or did not happen to it. */
    private static String history(OpenedModel opened, FineTuned tuned) {
        String before = Objects.requireNonNullElse(opened.bundle().description().history(), "");
        return tuned.isFineTuned() ? before + Publishing.history(tuned.epochs()) : before;
    }

    private static void publish(
            SparkSession spark,
            Stages stages,
            Publishing publishing,
            OpenedModel opened,
            Dataset<Row> images,
            String digest,
            FineTuned tuned,
            TrainingLog log) {
        Dataset<Row> test = Split.TEST.of(images);
        Optional<Metrics> metrics = stages.evaluate(spark, test, tuned.classifier(), log);
        Provenance provenance = opened.bundle().description().provenance();
        publishing.publish(
                new Publishing.Trained(
                        opened.labels(),
                        opened.bundle().description().preprocessing(),
                        history(opened, tuned),
                        metrics,
                        new Publishing.Origin(
                                digest,
                                provenance.baseName(),
                                provenance.baseDigest(),
                                provenance.fingerprint(),
                                stages.fineTune().training().seed(),
                                opened.bundle().uri())),
                tuned.classifier()::write);
    }
}
