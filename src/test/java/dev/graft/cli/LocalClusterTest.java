package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.TestSpark;
import dev.graft.drawn.DemoImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pipeline where executors are JVMs of their own, against the same in this JVM. */
class LocalClusterTest {
    private static final String CLUSTER = "local-cluster[2,1,2048]";
    private static final String ONE_EXECUTOR = "local-cluster[1,1,2048]";
    private static final String HERE = "";

    private final Path directory;

    LocalClusterTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        assertThat(TestSpark.session().sparkContext().isStopped()).isFalse(); // what runs here runs on it
        DemoImages.write(directory.resolve("pictures"), 30, 9);
    }

    @Test
    void executorsGiveTheFeaturesOfThisJvmBitForBitAndTheSameModel() throws Exception {
        String manifest = manifest();
        for (String[] each : List.of(extract("here", manifest), train("here", manifest))) {
            graft(HERE, each);
        }
        String[] evaluate = evaluation("cluster", manifest);
        String cluster = several(CLUSTER, extract("cluster", manifest), train("cluster", manifest), evaluate);
        assertThat(features("cluster")).isNotEmpty().isEqualTo(features("here"));
        assertThat(evaluate("here", manifest)).startsWith("{");
        assertThat(cluster).endsWith(evaluate("here", manifest));
    }

    private String[] extract(String store, String manifest) {
        String out = directory.resolve(store).toString();
        return new String[] {"extract", "--manifest", manifest, "--input", "64", "--out", out};
    }

    private String[] train(String where, String manifest) {
        return new String[] {
            "train",
            "--manifest",
            manifest,
            "--features",
            directory.resolve(where).toString(),
            "--out",
            directory.resolve("models/" + where).toString(),
            "--set",
            "head.workers=2"
        };
    }

    /** Only what a worker computes depends on its executor, and an executor that is lost is computed again. */
    @Test
    void trainingAboveTheCutGivesTheSameModelHereAndOnTwoExecutors() throws Exception {
        String manifest = manifest();
        endToEnd(HERE, "here", manifest, never());
        fineTune(HERE, "here", manifest, never());
        several(CLUSTER, endToEnd("cluster", manifest), fineTune("cluster", manifest));
        assertThat(evaluate("cluster", manifest)).isEqualTo(evaluate("here", manifest));
        assertThat(evaluate("cluster-tuned", manifest)).isEqualTo(evaluate("here-tuned", manifest));
    }

    @Test
    @Tag("long")
    void oneExecutorOrTwoOfWhichOneIsKilledTrainTheSameModel() throws Exception {
        String manifest = manifest();
        endToEnd(ONE_EXECUTOR, "one", manifest, never());
        endToEnd(CLUSTER, "killed", manifest, "epoch 2:");
        assertThat(evaluate("killed", manifest)).isEqualTo(evaluate("one", manifest));

        fineTune(ONE_EXECUTOR, "one", manifest, never());
        fineTune(CLUSTER, "killed", manifest, "epoch 1:");
        assertThat(evaluate("killed-tuned", manifest)).isEqualTo(evaluate("one-tuned", manifest));
    }

    @Test
    @Tag("long")
    void extractionGoesOnWithoutAnExecutorThatIsKilled() throws Exception {
        Path pictures = directory.resolve("pictures");
        Files.copy(pictures.resolve("cat/0000.jpg"), pictures.resolve("cat/copy.jpg"));
        String manifest = manifest();
        String[] extract = {
            "extract", "--manifest", manifest, "--input", "64", "--set", "extract.shard-images=10", "--out"
        };
        graft(HERE, and(extract, directory.resolve("here").toString()));
        Path store = directory.resolve("killed");
        GraftProcess graft = GraftProcess.start(directory, CLUSTER, and(extract, store.toString()));
        try {
            graft.awaitFeatures(store, 1);
            graft.killAnExecutor();
            assertThat(graft.end()).contains("images 64 = written 60 + reused 1 + rejected 3");
        } finally {
            graft.kill();
        }
        assertThat(features("killed")).hasSize(61).isEqualTo(features("here"));
    }

    private String manifest() throws Exception {
        String manifest = directory.resolve("pictures.csv").toString();
        graft(HERE, "manifest", directory.resolve("pictures").toString(), "--out", manifest);
        return manifest;
    }

    private static String never() {
        return "";
    }

    private void endToEnd(String master, String model, String manifest, String killAt) throws Exception {
        graftLosingAnExecutor(master, killAt, endToEnd(model, manifest));
    }

    private String[] endToEnd(String model, String manifest) {
        return new String[] {
            "train",
            "--end-to-end",
            "--manifest",
            manifest,
            "--input",
            "64",
            "--out",
            directory.resolve("models/" + model).toString(),
            "--set",
            "augment.flip=horizontal",
            "--set",
            "head.workers=2",
            "--set",
            "head.epochs=6",
            "--set",
            "decode.max-rejected-share=0.1"
        };
    }

    private void fineTune(String master, String parent, String manifest, String killAt) throws Exception {
        graftLosingAnExecutor(master, killAt, fineTune(parent, manifest));
    }

    private String[] fineTune(String parent, String manifest) {
        return new String[] {
            "fine-tune",
            "--model",
            directory.resolve("models/" + parent).toString(),
            "--manifest",
            manifest,
            "--out",
            directory.resolve("models/" + parent + "-tuned").toString(),
            "--set",
            "fine-tune.layers=[{match=\"block[67]\", learning-rate=1e-5}, {match=\".*\", frozen=true}]",
            "--set",
            "fine-tune.workers=2",
            "--set",
            "fine-tune.epochs=4",
            "--set",
            "decode.max-rejected-share=0.1"
        };
    }

    private String several(String master, String[]... commandLines) throws Exception {
        return GraftProcess.startSeveral(directory, master, Map.of(), List.of(commandLines))
                .end();
    }

    private String evaluate(String model, String manifest) throws Exception {
        return graft(HERE, evaluation(model, manifest));
    }

    private String[] evaluation(String model, String manifest) {
        String uri = directory.resolve("models/" + model).toString();
        return new String[] {"evaluate", "--model", uri, "--manifest", manifest, "--split", "all", "--json"};
    }

    /** Rows as text: every bit of a float is in its shortest decimal form. */
    private List<String> features(String store) {
        SparkSession spark = TestSpark.session();
        Dataset<Row> rows = spark.read().parquet(directory.resolve(store) + "/*/*.parquet");
        return rows.select("uri", "content_sha256", "view", "features")
                .sort("uri")
                .toJSON()
                .collectAsList();
    }

    /**
     * Runs a command line, in a JVM of its own if it has a master, and returns its standard output.
     *
     * @param master empty for the session of this JVM
     */
    private String graft(String master, String... arguments) throws Exception {
        return graftLosingAnExecutor(master, never(), arguments);
    }

    /** @param killAt what the run says when one of its executors is to be killed; empty for never */
    private String graftLosingAnExecutor(String master, String killAt, String... arguments) throws Exception {
        if (master.isEmpty()) {
            Cli run = Cli.run(arguments);
            assertThat(run.exitCode()).as(run.err()).isZero();
            return run.out();
        }
        GraftProcess graft = GraftProcess.start(directory, master, arguments);
        if (!killAt.isEmpty()) {
            graft.awaitSaid(killAt);
            graft.killAnExecutor();
        }
        return graft.end();
    }

    private static String[] and(String[] arguments, String last) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = last;
        return all;
    }
}
