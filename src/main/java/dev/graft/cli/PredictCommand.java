package dev.graft.cli;

import dev.graft.manifest.Tables;
import dev.graft.pipeline.OpenedModel;
import dev.graft.pipeline.RunContext;
import dev.graft.pipeline.RunLock;
import dev.graft.pipeline.Stages;
import dev.graft.predict.Predictions;
import dev.graft.publish.ModelReader;
import dev.graft.settings.InvalidInputException;
import dev.graft.spark.Session;
import dev.graft.storage.QualifiedPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "predict",
        description = "Runs a model over the images of a manifest and writes a table of predictions, in Parquet. Images"
                + " that cannot be decoded are listed in the directory _rejects of the table.",
        footer = {"", "Example: submit/graft predict --model models/pets --manifest new.csv --out predictions"})
final class PredictCommand implements Callable<Integer> {
    private static final String REJECTS = "_rejects";
    /** What Spark leaves in a directory when all of a table is in it. */
    private static final String COMMITTED = "_SUCCESS";
    /** Where Spark writes until then: without the other, what a run left that was killed, or another run's. */
    private static final String UNFINISHED = "_temporary";

    @Option(
            names = "--model",
            required = true,
            paramLabel = "URI",
            description = "REGISTRY/NAME, REGISTRY/NAME@VERSION or the directory of a version.")
    private String model = "";

    @Option(names = "--manifest", required = true, paramLabel = "URI", description = "The images.")
    private String manifest = "";

    @Option(names = "--out", required = true, paramLabel = "URI", description = "Where the table goes.")
    private String out = "";

    @Option(names = "--overwrite", description = "Replace a table that is there.")
    private boolean overwrite;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SettingsOptions settingsOptions = new SettingsOptions();

    @Override
    public Integer call() {
        Stages stages = Stages.from(settingsOptions.loadFor(Uses.PREDICT));
        try (Session session = Session.start("predict")) {
            SparkSession spark = session.spark();
            RunContext run = new RunContext(spark, stages, CommandText.of(spec), new TrainingLog(false));
            refuseInput(spark);
            refuseExisting(spark);
            try (RunLock lock = run.lockTable(out)) {
                refuseExisting(spark); // another run may have written it while this one waited
                write(run);
            }
        }
        return ExitCode.DONE.code();
    }

    private void write(RunContext run) {
        OpenedModel opened = OpenedModel.open(run.spark(), model, run.stages().decode(), run.log());
        opened.noteUnused(run.stages(), run.log());
        try (Predictions predictions = opened.predict(run, run.read(manifest))) {
            predictions
                    .rows()
                    .write()
                    .options(Tables.WITHOUT_CHECKSUMS)
                    .mode(SaveMode.Overwrite)
                    .parquet(out);
            if (predictions.rejected() > 0) {
                predictions
                        .rejects()
                        .write()
                        .options(Tables.WITHOUT_CHECKSUMS)
                        .mode(SaveMode.Overwrite)
                        .parquet(out + "/" + REJECTS);
            }
            Terminal.out("predictions " + out);
            if (predictions.rejected() > 0) {
                Terminal.out("rejects " + out + "/" + REJECTS);
            }
            OpenedModel.requireShareOfRejects(run, predictions);
        }
    }

    /** Whether a run that was killed left it: something unfinished, and nothing that anybody would miss. */
    private static boolean isLeftBehind(QualifiedPath table) throws IOException {
        if (!table.files().exists(new Path(table.path(), UNFINISHED))) {
            return false;
        }
        return Arrays.stream(table.files().listStatus(table.path()))
                .map(file -> file.getPath().getName())
                .allMatch(name -> name.startsWith("_") || name.startsWith("."));
    }

    /** A table is deleted before it is written anew, and what is beneath a manifest is read as a part of it. */
    private void refuseInput(SparkSession spark) {
        for (String input : List.of(manifest, ModelReader.directory(model).toString())) {
            try {
                if (QualifiedPath.of(spark, out).overlaps(QualifiedPath.of(spark, input))) {
                    throw new InvalidInputException("Cannot write predictions to " + out + ": it is, holds or lies in "
                            + input + ", which is read (choose another place)");
                }
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot open " + input, e);
            }
        }
    }

    private void refuseExisting(SparkSession spark) {
        try {
            QualifiedPath table = QualifiedPath.of(spark, out);
            boolean isWhole = table.files().exists(new Path(table.path(), COMMITTED));
            boolean isLeft = !isWhole && isLeftBehind(table);
            if (isLeft || !table.files().exists(table.path())) {
                return;
            }
            if (!overwrite) {
                throw new InvalidInputException(
                        "Cannot write predictions to " + out + ": it is there already (replace it with --overwrite)");
            }
            if (!isWhole) {
                throw new InvalidInputException("Cannot write predictions to " + out
                        + ": what is there is no table that Spark wrote (delete it, or choose another place)");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open " + out, e);
        }
    }
}
