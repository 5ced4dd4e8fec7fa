package dev.graft.cli;

import dev.graft.drawn.DemoImages;
import dev.graft.manifest.DirectoryManifest;
import dev.graft.manifest.ExistingManifest;
import dev.graft.pipeline.HeadTraining;
import dev.graft.pipeline.Promote;
import dev.graft.pipeline.RunContext;
import dev.graft.pipeline.Stages;
import dev.graft.settings.Settings;
import dev.graft.spark.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description =
                "The whole pipeline on cats and dogs that it draws itself, with the bundled base: manifest, features,"
                        + " head, evaluation, model. A few of the files are broken on purpose.",
        footer = {"", "Example: submit/graft demo"})
final class DemoCommand implements Callable<Integer> {
    private static final int PICTURES_PER_CLASS = 400;
    private static final long SEED = 7;

    @Option(
            names = "--out",
            paramLabel = "DIRECTORY",
            defaultValue = "graft-demo",
            description = "A local directory for pictures, features and model (default graft-demo).")
    private Path out = Path.of("graft-demo");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SettingsOptions settingsOptions = new SettingsOptions();

    @Override
    public Integer call() throws IOException {
        Settings settings = settingsOptions.load();
        Stages stages = Stages.from(settings);
        Path pictures = draw();
        try (Session session = Session.start("demo")) {
            SparkSession spark = session.spark();
            String manifest = out.resolve("pictures.csv").toUri().toString();
            new DirectoryManifest(spark, stages.manifest())
                    .write(pictures.toUri().toString(), manifest, ExistingManifest.REPLACE)
                    .notes()
                    .forEach(note -> Terminal.out(note.text()));
            Terminal.out("manifest " + manifest);
            String model =
                    out.resolve("models").resolve("cats-and-dogs").toUri().toString();
            new HeadTraining(new RunContext(spark, stages, CommandText.of(spec), TrainingLog.ofDemo()))
                    .onFeatures(manifest, out.resolve("features").toUri().toString(), model, Promote.ALWAYS);
        }
        return ExitCode.DONE.code();
    }

    /** Draws into a directory of this number and seed, once. */
    private Path draw() throws IOException {
        Path pictures = out.resolve("pictures-" + PICTURES_PER_CLASS + "-" + SEED);
        if (!Files.isDirectory(pictures)) {
            Path unfinished = Files.createDirectories(out).resolve("pictures.unfinished");
            DemoImages.Written written = DemoImages.write(unfinished, PICTURES_PER_CLASS, SEED);
            Files.move(unfinished, pictures);
            Terminal.out("drew " + written.pictures() + " pictures and " + written.broken() + " broken files");
        }
        return pictures;
    }
}
