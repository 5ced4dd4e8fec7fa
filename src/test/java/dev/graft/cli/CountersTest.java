package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.TestSpark;
import dev.graft.drawn.DemoImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spark's sinks see of a run. */
class CountersTest {
    private final Path directory;

    CountersTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        assertThat(TestSpark.session().sparkContext().isStopped()).isFalse(); // what runs here runs on it
        DemoImages.write(directory.resolve("pictures"), 20, 9);
    }

    @Test
    void countersReachSparksSinks() throws Exception {
        String manifest = directory.resolve("pictures.csv").toString();
        assertThat(Cli.run("manifest", directory.resolve("pictures").toString(), "--out", manifest)
                        .exitCode())
                .isZero();
        Path figures = Files.createDirectory(directory.resolve("figures"));
        Map<String, String> sink = Map.of(
                "spark.metrics.conf.*.sink.csv.class", "org.apache.spark.metrics.sink.CsvSink",
                "spark.metrics.conf.*.sink.csv.period", "1",
                "spark.metrics.conf.*.sink.csv.directory", figures.toString());
        GraftProcess graft = GraftProcess.start(
                directory,
                "local[2]",
                sink,
                "train",
                "--manifest",
                manifest,
                "--input",
                "64",
                "--out",
                directory.resolve("models/pets").toString(),
                "--set",
                "decode.max-rejected-share=0.2");
        graft.end();
        assertThat(last(figures, "imagesRead")).isEqualTo(43);
        assertThat(last(figures, "imagesDecoded")).isEqualTo(40);
        assertThat(last(figures, "imagesRejected")).isEqualTo(3);
        assertThat(last(figures, "imagesReused")).isZero();
        assertThat(last(figures, "viewsForwarded")).isEqualTo(40);
        assertThat(last(figures, "forwardNanos")).isPositive();
        assertThat(last(figures, "averagingBytes")).isPositive();
    }

    /** The last value that the sink wrote of a counter. */
    private static long last(Path figures, String counter) throws IOException {
        List<Path> found;
        try (Stream<Path> files = Files.list(figures)) {
            found = files.filter(file -> file.toString().endsWith("CountersPlugin." + counter + ".csv"))
                    .toList();
        }
        assertThat(found).as(counter).isNotEmpty();
        List<String> lines = Files.readAllLines(found.get(0));
        return Long.parseLong(lines.get(lines.size() - 1).split(",")[1]);
    }
}
