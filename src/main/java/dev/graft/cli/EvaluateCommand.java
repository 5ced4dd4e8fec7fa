package dev.graft.cli;

import dev.graft.evaluate.Evaluator;
import dev.graft.evaluate.Metrics;
import dev.graft.manifest.Split;
import dev.graft.settings.InvalidInputException;
import dev.graft.train.Predictions;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Option(names = "--json", description = "Print one JSON object on standard output, and only that.")
    private boolean json;

    @Mixin
    private SettingsOptions settingsOptions = new SettingsOptions();

    @Override
    public Integer call() {
        Stages stages = Stages.from(settingsOptions.load());
        try (Session session = Session.start("evaluate")) {
            SparkSession spark = session.spark();
            OpenedModel opened = OpenedModel.open(spark, model);
            Dataset<Row> chosen = images.of(stages.read(spark, manifest));
            if (chosen.isEmpty()) {
                throw new InvalidInputException("Cannot evaluate on " + manifest + ": it has no images of split "
                        + images.name().toLowerCase(Locale.ROOT) + " (choose others with --split)");
            }
            try (Predictions predictions = opened.predict(spark, stages, chosen)) {
                Metrics metrics = Evaluator.evaluate(predictions.rows(), opened.labels());
                Terminal.out(json ? metrics.toJson() : metrics.table());
                opened.requireShareOfRejects(predictions, stages);
            }
        }
        return ExitCode.DONE.code();
    }
}
