package dev.graft.cli;

import dev.graft.evaluate.Comparison;
import dev.graft.evaluate.Evaluator;
import dev.graft.evaluate.Metrics;
import dev.graft.evaluate.PairedTest;
import dev.graft.manifest.Split;
import dev.graft.pipeline.OpenedModel;
import dev.graft.pipeline.RunContext;
import dev.graft.pipeline.RunLog;
import dev.graft.pipeline.Stages;
import dev.graft.predict.Predictions;
import dev.graft.settings.DataGateException;
import dev.graft.settings.InvalidInputException;
import dev.graft.settings.ShownText;
import dev.graft.spark.Session;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "evaluate",
        description = "Runs a model over the labelled images of a manifest and prints its metrics.",
        footer = {"", "Example: submit/graft evaluate --model models/pets --manifest photos.csv --json"})
final class EvaluateCommand implements Callable<Integer> {
    /** Which images of the manifest. */
    private enum Images {
        TRAIN,
        VALIDATION,
        TEST,
        ALL;

        Dataset<Row> of(Dataset<Row> manifest) {
            return this == ALL ? manifest : Split.valueOf(name()).of(manifest);
        }
    }

    @Option(
            names = "--model",
            required = true,
            paramLabel = "URI",
            description = "REGISTRY/NAME, REGISTRY/NAME@VERSION or the directory of a version.")
    private String model = "";

    @Option(names = "--manifest", required = true, paramLabel = "URI", description = "The labelled images.")
    private String manifest = "";

    @Option(
            names = "--split",
            defaultValue = "test",
            description = "Which images: train, validation, test or all (default test).")
    private Images images = Images.TEST;

    @Option(
            names = "--against",
            paramLabel = "URI",
            description = "Another model, such as the current version: both run over the images, and promote.* in the"
                    + " settings say whether the first may take its place. Exit code 3 if not.")
    private @Nullable String against;

    @Option(names = "--json", description = "Print one JSON object on standard output, and only that.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SettingsOptions settingsOptions = new SettingsOptions();

    @Override
    public Integer call() {
        Stages given = Stages.from(settingsOptions.loadFor(Uses.EVALUATE));
        try (Session session = Session.start("evaluate")) {
            SparkSession spark = session.spark();
            RunLog log = new TrainingLog(json);
            OpenedModel opened = OpenedModel.open(spark, model, given.decode(), log);
            opened.noteUnused(given, log);
            RunContext run = new RunContext(spark, settingsOptions.stagesFor(opened, log), CommandText.of(spec), log);
            Dataset<Row> chosen = images.of(run.read(manifest));
            if (chosen.isEmpty()) {
                throw new InvalidInputException("Cannot evaluate on " + manifest + ": it has no images of split "
                        + images.name().toLowerCase(Locale.ROOT) + " (choose others with --split)");
            }
            try (Predictions predictions = opened.predict(run, chosen)) {
                Metrics metrics = Evaluator.evaluate(predictions.rows(), opened.labels());
                if (against == null) {
                    print(metrics.toJson(), metrics.table());
                    OpenedModel.requireShareOfRejects(run, predictions);
                } else {

                    OpenedModel.requireShareOfRejects(run, predictions);
                    Comparison comparison = compare(run, against, chosen, predictions, metrics);
                    print(comparison.toJson(), comparison.text());
                    requireNoObjection(comparison);
                }
            }
        }
        return ExitCode.DONE.code();
    }

    private void print(String forPrograms, String forPeople) {
        if (json) {
            Terminal.json(forPrograms);
        } else {
            Terminal.out(forPeople);
        }
    }

    private static Comparison compare(
            RunContext run, String against, Dataset<Row> images, Predictions candidate, Metrics ofCandidate) {
        OpenedModel current =
                OpenedModel.open(run.spark(), against, run.stages().decode(), run.log());
        current.warnOfOtherSplits(run.stages(), run.log());
        try (Predictions predictions = current.predict(run, images)) {
            OpenedModel.requireShareOfRejects(run, predictions);
            Metrics ofCurrent = Evaluator.evaluate(predictions.rows(), current.labels());
            PairedTest paired = PairedTest.of(candidate.rows(), predictions.rows());
            long readByOne = ofCandidate.images() + ofCurrent.images() - 2 * paired.images();
            if (readByOne > 0) {
                run.log()
                        .note("Note: images that only one of the two models could read, and McNemar's test leaves out: "
                                + readByOne);
            }
            return Comparison.of(ofCandidate, ofCurrent, paired, run.stages().promotion());
        }
    }

    private void requireNoObjection(Comparison comparison) {
        if (!comparison.objections().isEmpty()) {
            throw new DataGateException(model + " may not take the place of " + against + ": "
                    + comparison.objections().stream().map(ShownText::line).collect(Collectors.joining("; ")));
        }
    }
}
