package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.TestSpark;
import dev.graft.drawn.DemoImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed driver left is gone on from: the end is that of a run that was not killed. */
@Tag("long")
class KilledDriverTest {
    private static final int KILLS = 10;
    private static final int PER_CLASS = 350;
    private final Path directory;

    KilledDriverTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        assertThat(TestSpark.session().sparkContext().isStopped()).isFalse(); // what runs here runs on it
    }

    @Test
    void tenKillsAndARunToTheEndGiveTheTableOfAnUnbrokenRun() throws Exception {
        DemoImages.write(directory.resolve("pictures"), PER_CLASS, 9);
        String manifest = directory.resolve("pictures.csv").toString();
        Cli made = Cli.run("manifest", directory.resolve("pictures").toString(), "--out", manifest);
        assertThat(made.exitCode()).as(made.err()).isZero();
        Cli unbroken = Cli.run(extract(manifest, "unbroken", 1000));
        assertThat(unbroken.out()).as(unbroken.err()).contains("images 703 = written 700 + reused 0 + rejected 3");

        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path store = directory.resolve("killed");
        for (int kill = 0; kill < KILLS; kill++) {
            int before = GraftProcess.filesOfFeatures(store);
            GraftProcess graft = GraftProcess.start(directory, "local[2]", extract(manifest, "killed", 20));
            graft.awaitFeatures(store, before + 1 + random.nextInt(2));
            Thread.sleep(random.nextInt(800));
            assertThat(graft.process().isAlive()).isTrue();
            graft.kill();
        }
        String last = GraftProcess.start(directory, "local[2]", extract(manifest, "killed", 20))
                .end();

        assertThat(last).containsPattern("images 703 = written [0-9]+ \\+ reused [0-9]+ \\+ rejected 3");
        assertThat(rows("killed", "uri", "label", "split", "content_sha256", "view", "features"))
                .as("seed " + seed)
                .hasSize(2 * PER_CLASS)
                .isEqualTo(rows("unbroken", "uri", "label", "split", "content_sha256", "view", "features"));
        assertThat(rows("killed", "run"))
                .as("runs that were killed and left rows")
                .hasSizeGreaterThan(KILLS / 2);
        assertThat(Cli.run(extract(manifest, "killed", 1000)).out())
                .contains("images 703 = written 0 + reused 700 + rejected 3");
    }

    @Test
    void aTrainingThatIsKilledGoesOnToTheParametersOfAnUnbrokenOne() throws Exception {
        DemoImages.write(directory.resolve("few"), 30, 9);
        String manifest = directory.resolve("few.csv").toString();
        Cli made = Cli.run("manifest", directory.resolve("few").toString(), "--out", manifest);
        assertThat(made.exitCode()).as(made.err()).isZero();
        Cli unbroken = Cli.run(train(manifest, "unbroken"));
        assertThat(unbroken.exitCode()).as(unbroken.err()).isZero();

        GraftProcess killed = GraftProcess.start(directory, "local[2]", train(manifest, "killed"));
        killed.awaitSaid("epoch 3:");
        assertThat(killed.process().isAlive()).isTrue();
        killed.kill();
        assertThat(directory.resolve("models/killed/current")).doesNotExist();
        GraftProcess again = GraftProcess.start(directory, "local[2]", train(manifest, "killed"));
        again.end();
        assertThat(Files.readString(again.err()))
                .containsPattern("training goes on from \\S+/epoch-\\d{6}\\.checkpoint")
                .doesNotContain("epoch 2:")
                .contains("epoch 12:");
        assertThat(parameters("killed")).isEqualTo(parameters("unbroken"));
    }

    private String[] train(String manifest, String model) {
        return new String[] {
            "train",
            "--end-to-end",
            "--manifest",
            manifest,
            "--input",
            "64",
            "--out",
            directory.resolve("models").resolve(model).toString(),
            "--set",
            "augment.flip=horizontal",
            "--set",
            "head.workers=1",
            "--set",
            "head.epochs=12",
            "--set",
            "decode.max-rejected-share=0.1"
        };
    }

    /** The bytes of all parameters of a model's current version. */
    private byte[] parameters(String model) throws IOException {
        Path root = directory.resolve("models").resolve(model);
        Path version = root.resolve("versions").resolve(Files.readString(root.resolve("current")));
        try (ZipFile zip = new ZipFile(version.resolve("network.zip").toFile())) {
            return zip.getInputStream(zip.getEntry("coefficients.bin")).readAllBytes();
        }
    }

    private String[] extract(String manifest, String store, int shardImages) {
        return new String[] {
            "extract",
            "--manifest",
            manifest,
            "--input",
            "64",
            "--out",
            directory.resolve(store).toString(),
            "--set",
            "extract.shard-images=" + shardImages
        };
    }

    /** All rows of the store, not only those that stand, as text: every bit of a float is in its shortest decimal form. */
    private List<String> rows(String store, String... columns) throws IOException {
        try (var fingerprints = Files.list(directory.resolve(store))) {
            Dataset<Row> rows = TestSpark.session()
                    .read()
                    .parquet(fingerprints.map(Path::toString).toArray(String[]::new))
                    .selectExpr(columns);
            return (columns.length == 1 ? rows.distinct() : rows.sort("uri"))
                    .toJSON()
                    .collectAsList();
        }
    }
}
