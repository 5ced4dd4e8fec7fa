package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.TestSpark;
import dev.graft.drawn.DemoImages;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a night leaves in the file for Prometheus when it does not come to its end. */
class NightFiguresTest {
    private static final String BEFORE = "graft_run_success{model=\"pets\"} 1.0\n";

    private final Path directory;
    private final Path figures;
    private final Path features;
    private final Path runs;

    NightFiguresTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.features = directory.resolve("models/pets/features");
        this.runs = directory.resolve("models/pets/runs");
        this.figures = Files.writeString(directory.resolve("graft.prom"), BEFORE);
        assertThat(TestSpark.session().sparkContext().isStopped()).isFalse(); // what runs here runs on it
    }

    private void draw(int perClass) throws IOException {
        DemoImages.write(directory.resolve("pictures"), perClass, 9);
    }

    private String[] retrain() {
        return new String[] {
            "retrain",
            "--set",
            "retrain.images=" + directory.resolve("pictures").toUri(),
            "--set",
            "retrain.model=" + directory.toUri() + "models/pets",
            "--set",
            "retrain.prometheus-file=" + figures,
            "--set",
            "base.input=64",
            "--set",
            "decode.max-rejected-share=0.3",
            "--set",
            "extract.shard-images=10",
            "--set",
            "head.epochs=1"
        };
    }

    private void saysFailed() throws IOException {
        assertThat(Files.readString(figures))
                .contains("graft_run_success{model=\"" + directory.toUri() + "models/pets\"} 0.0")
                .doesNotContain("graft_run_promoted");
    }

    @Test
    void aSparkJobThatFailsIsAFailure() throws IOException {
        draw(10);
        assertThat(Cli.run(retrain()).exitCode()).isZero();
        assertThat(Files.readString(figures)).contains("} 1.0");
        Files.writeString(fingerprint().resolve("part-0.parquet"), "no table");
        Cli failed = Cli.run(retrain());
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.err()).contains("SparkException");
        saysFailed();
    }

    @Test
    void aNightWithNothingNewPromotesNothing() throws IOException {
        draw(10);
        Cli first = Cli.run(retrain());
        assertThat(first.out()).contains(" promoted ");
        assertThat(first.err()).containsPattern("features file:" + features + "/[0-9a-f]{16}\\R");
        assertThat(Files.readString(figures))
                .contains("graft_run_promoted{model=\"" + directory.toUri() + "models/pets\"} 1.0");
        Cli second = Cli.run(retrain());
        assertThat(second.exitCode()).isZero();
        assertThat(second.out()).contains("nothing new since run ").doesNotContain(" promoted ");
        assertThat(Files.readString(figures))
                .contains("graft_run_promoted{model=\"" + directory.toUri() + "models/pets\"} 0.0")
                .contains("graft_run_success{model=\"" + directory.toUri() + "models/pets\"} 1.0");
    }

    private Path fingerprint() throws IOException {
        try (DirectoryStream<Path> fingerprints = Files.newDirectoryStream(features)) {
            return fingerprints.iterator().next();
        }
    }

    @Test
    void anotherNightOfTheModelWritesItsOwn() throws IOException {
        draw(10);
        lock(runs);
        Cli refused = Cli.run(retrain());
        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused.err())
                .startsWith("graft: Cannot start: another run is at work, process 77 on elsewhere, begun at ")
                .contains(" (its lock file:" + runs + "/_lock is taken over ");
        assertThat(Files.readString(figures)).isEqualTo(BEFORE);
        hasOneRecord("gave_way");
        assertThat(runs.resolve("index.html")).as("is the other run's to write").doesNotExist();
    }

    /** A night that has a record and a row, and no page. */
    private void hasOneNight(String kind, String words, String message) throws IOException {
        hasOneRecord(kind);
        assertThat(Files.readString(runs.resolve("index.html"))).contains(">" + words + "</td>", message);
    }

    private void hasOneRecord(String kind) throws IOException {
        try (Stream<Path> nights = Files.list(runs.resolve("nights"))) {
            assertThat(nights).singleElement().asString().endsWith("-" + kind + ".json");
        }
    }

    @Test
    void aNightThatAnExtractionKeptOutHasFailed() throws IOException {
        draw(10);
        assertThat(Cli.run(retrain()).exitCode()).isZero();
        lock(fingerprint());
        assertThat(Cli.run(retrain()).exitCode()).isEqualTo(4);
        saysFailed();
        assertThat(runs.resolve("_lock")).doesNotExist();
        hasOneNight("gave_way", "gave way", "Cannot start: another run is at work, process 77 on elsewhere");
    }

    @Test
    void aManifestThatIsRefusedHasARowAndAPage() throws IOException {
        Path manifest = Files.writeString(
                directory.resolve("spelled.csv"), "uri,label\na.jpg,caf\u00e9\nb.jpg,cafe\u0301\nc.jpg,tea\n");
        Cli refused = Cli.run(
                "retrain",
                "--set",
                "retrain.manifest=" + manifest,
                "--set",
                "retrain.model=" + directory.toUri() + "models/pets",
                "--set",
                "retrain.prometheus-file=" + figures);
        assertThat(refused.exitCode()).isEqualTo(3);
        saysFailed();
        assertThat(Files.readString(runs.resolve("index.html"))).contains("refused", "caf\\u00E9");
        try (DirectoryStream<Path> pages = Files.newDirectoryStream(runs.resolve("nights"), "*.html")) {
            assertThat(Files.readString(pages.iterator().next())).contains("<h2>Refused</h2>", "caf\\u00E9");
        }
    }

    private static void lock(Path place) throws IOException {
        Files.createDirectories(place);
        Files.writeString(place.resolve("_lock"), """
                {"token": "f7a1", "host": "elsewhere", "process": 77, "started": "%1$s", "renewed": "%1$s"}
                """.formatted(Instant.now()));
    }

    @Test
    @Tag("long")
    void aNightThatIsAskedToEndHasFailed() throws Exception {
        draw(200);
        GraftProcess night = GraftProcess.start(directory, "local[1]", retrain());
        night.awaitFeatures(features, 1);
        night.process().destroy(); // SIGTERM
        assertThat(night.process().waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(night.process().exitValue()).isEqualTo(130);
        saysFailed();
        assertThat(runs.resolve("_lock")).doesNotExist();
        hasOneNight("interrupted", "interrupted", "asked to end before its time (SIGTERM); what is committed is kept");
    }
}
