package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.TestSpark;
import dev.graft.drawn.DemoImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
        String[] endToEnd = {"train", "--end-to-end", "--manifest", manifest, "--out", path("models/end-to-end")};
        String[] tune = {"fine-tune", "--model", path("models/end-to-end"), "--manifest", manifest};
        String[] how = {"--out", path("tuned"), "--set", "fine-tune.epochs=1", "--set", "decode.max-rejected-share=0.1"
        };
        String[] night = {
            "retrain", "--set", "retrain.images=" + path("pictures"), "--set", "retrain.model=" + path("models/nightly")
        };
        List<String[]> verbs = List.of(
                verb("manifest", path("pictures"), "--out", manifest),
                verb(verb("extract", "--manifest", manifest, "--out", path("features")), SMALL),
                verb(verb("train", "--manifest", manifest, "--features", path("features"), "--out", model), SMALL),
                verb("evaluate", "--model", model, "--manifest", manifest, "--split", "all", "--json"),
                verb("predict", "--model", model, "--manifest", manifest, "--out", path("predictions")),
                verb(endToEnd, SMALL),
                verb(tune, how),
                verb(night, SMALL));

        assertThat(GraftProcess.startSeveral(directory, "local[2]", KRYO, verbs).end())
                .contains(
                        "images 63 = written 60 + reused 0 + rejected 3",
                        "model " + model + " version ",
                        "\"images\":60",
                        "predictions ",
                        "batch norm statistics changed: 0",
                        " promoted " + path("models/nightly"));
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    private static String[] verb(String... arguments) {
        return arguments;
    }

    private static String[] verb(String[] arguments, String[] more) {
        return Stream.of(arguments, more).flatMap(Stream::of).toArray(String[]::new);
    }
}
