package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.TestSpark;
import dev.graft.cli.demo.DemoImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every verb where the cluster's default is Kryo. */
@Tag("long")
class KryoTest {
    private static final Map<String, String> KRYO =
            Map.of("spark.serializer", "org.apache.spark.serializer.KryoSerializer");
    private static final String[] SMALL = {
        "--base",
        "xception-mini",
        "--input",
        "64",
        "--cut",
        "block3",
        "--set",
        "head.epochs=2",
        "--set",
        "decode.max-rejected-share=0.1"
    };

    private final Path directory;

    KryoTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        assertThat(TestSpark.session().sparkContext().isStopped()).isFalse(); // what runs here runs on it
        DemoImages.write(directory.resolve("pictures"), 30, 9);
    }

    @Test
    void everyVerbRuns() throws Exception {
        String manifest = path("pictures.csv");
        String model = path("models/pets");
        run("manifest", path("pictures"), "--out", manifest);
        assertThat(onSmallBase("extract", "--manifest", manifest, "--out", path("features")))
                .contains("images 63 = written 60 + reused 0 + rejected 3");
        assertThat(onSmallBase("train", "--manifest", manifest, "--features", path("features"), "--out", model))
                .contains("model " + model + " version ");
        assertThat(run("evaluate", "--model", model, "--manifest", manifest, "--split", "all", "--json"))
                .contains("\"images\":60");
        assertThat(run("predict", "--model", model, "--manifest", manifest, "--out", path("predictions")))
                .contains("predictions ");
    }

    @Test
    void trainingAboveTheCutRuns() throws Exception {
        String manifest = path("pictures.csv");
        run("manifest", path("pictures"), "--out", manifest);
        onSmallBase("train", "--end-to-end", "--manifest", manifest, "--out", path("models/pets"));
        String[] tune = {"fine-tune", "--model", path("models/pets"), "--manifest", manifest};
        String[] how = {"--out", path("tuned"), "--set", "fine-tune.epochs=1", "--set", "decode.max-rejected-share=0.1"
        };
        assertThat(run(concat(tune, how))).contains("batch norm statistics changed: 0");
    }

    @Test
    void aNightRuns() throws Exception {
        String model = path("models/nightly");
        assertThat(onSmallBase(
                        "retrain", "--set", "retrain.images=" + path("pictures"), "--set", "retrain.model=" + model))
                .contains(" promoted " + model);
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    private String onSmallBase(String... arguments) throws Exception {
        return run(concat(arguments, SMALL));
    }

    private static String[] concat(String[] some, String... more) {
        List<String> all = new ArrayList<>(Arrays.asList(some));
        all.addAll(Arrays.asList(more));
        return all.toArray(String[]::new);
    }

    private String run(String... arguments) throws Exception {
        return GraftProcess.start(directory, "local[2]", KRYO, arguments).end();
    }
}
