package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.TestSpark;
import dev.graft.cli.demo.DemoImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An extraction whose driver is killed again and again ends with the table of one that was not. */
@Tag("long")
class KilledDriverTest {
    private static final int KILLS = 10;
    private static final int PER_CLASS = 400;
    private final Path directory;

    KilledDriverTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        assertThat(TestSpark.session().sparkContext().isStopped()).isFalse(); // what runs here runs on it
        DemoImages.write(directory.resolve("pictures"), PER_CLASS, 9);
    }

    @Test
    void tenKillsAndARunToTheEndGiveTheTableOfAnUnbrokenRun() throws Exception {
        String manifest = directory.resolve("pictures.csv").toString();
        Cli made = Cli.run("manifest", directory.resolve("pictures").toString(), "--out", manifest);
        assertThat(made.exitCode()).as(made.err()).isZero();
        Cli unbroken = Cli.run(extract(manifest, "unbroken", 1000));
        assertThat(unbroken.out()).as(unbroken.err()).contains("images 803 = written 800 + reused 0 + rejected 3");

        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path store = directory.resolve("killed");
        for (int kill = 0; kill < KILLS; kill++) {
            int before = GraftProcess.filesOfFeatures(store);
            GraftProcess graft = GraftProcess.start(directory, "local[2]", extract(manifest, "killed", 20));
            graft.awaitFeatures(store, before + 1 + random.nextInt(3));
            Thread.sleep(random.nextInt(1000));
            assertThat(graft.process().isAlive()).isTrue();
            graft.kill();
        }
        String last = GraftProcess.start(directory, "local[2]", extract(manifest, "killed", 20))
                .end();

        assertThat(last).containsPattern("images 803 = written [0-9]+ \\+ reused [0-9]+ \\+ rejected 3");
        assertThat(rows("killed", "uri", "label", "split", "content_sha256", "view", "features"))
                .as("seed " + seed)
                .hasSize(2 * PER_CLASS)
                .isEqualTo(rows("unbroken", "uri", "label", "split", "content_sha256", "view", "features"));
        assertThat(rows("killed", "run"))
                .as("runs that were killed and left rows")
                .hasSizeGreaterThan(KILLS / 2);
        assertThat(Cli.run(extract(manifest, "killed", 1000)).out())
                .contains("images 803 = written 0 + reused 800 + rejected 3");
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
