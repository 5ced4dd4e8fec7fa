package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.SharedReference;
import dev.graft.TestSpark;
import dev.graft.decode.Bombs;
import dev.graft.drawn.DemoImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Extraction over pictures among which there are bombs, in JVMs of their own. */
@Tag("long")
class HostileExtractionTest {
    private static final int PHOTOS = 100;
    private static final long LIMIT_MINUTES = 8;

    /** What becomes of each hostile file, on every machine; empty for those that are decoded. */
    private static final Map<String, String> OUTCOMES = outcomes();

    private static Map<String, String> outcomes() {
        Map<String, String> outcomes = new TreeMap<>();
        outcomes.put("bad.webp", "corrupt");
        outcomes.put("jpg_prog_65500x1500_3c.jpg", "too_expensive");
        outcomes.put("jpg_arith_65500x1500_1000scans.jpg", "too_expensive");
        outcomes.put("progressive-6000x7000.jpg", "");
        outcomes.put("progressive-65500x1500.jpg", "too_expensive");
        outcomes.put("scans-1000.jpg", "");
        outcomes.put("scans-100000.jpg", "too_expensive");
        outcomes.put("arithmetic-5000x6000.jpg", "");
        outcomes.put("arithmetic-65500x1500.jpg", "too_expensive");
        outcomes.put("lossless-6000x7000.webp", "");
        outcomes.put("lossless-16000x6000.webp", "too_expensive");
        outcomes.put("frames-5000x5000.gif", "");
        outcomes.put("frames-10000x10000.gif", "");
        outcomes.put("runs-5000x5000.bmp", "");
        outcomes.put("runs-10000x10000.bmp", "");
        outcomes.put("bits-9000x9000.png", "");
        outcomes.put("bits-10000x10000.png", "too_expensive");
        return outcomes;
    }

    private final Path directory;
    private final Path pictures;

    HostileExtractionTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.pictures = directory.resolve("pictures");
        assertThat(TestSpark.session().sparkContext().isStopped()).isFalse(); // what runs here runs on it
        DemoImages.write(pictures, PHOTOS / 2, 5);
        removeBrokenOnes();
        for (String name : List.of("bad.webp", "jpg_prog_65500x1500_3c.jpg", "jpg_arith_65500x1500_1000scans.jpg")) {
            Files.copy(
                    SharedReference.path("hostile/" + name),
                    pictures.resolve("cat").resolve(name));
        }
        bombs().forEach(this::write);
    }

    /** Of what the demo breaks on purpose, there is nothing here. */
    private void removeBrokenOnes() throws IOException {
        for (String broken : List.of("cat/empty.jpg", "dog/truncated.jpg", "dog/text.jpg")) {
            Files.delete(pictures.resolve(broken));
        }
    }

    private static Map<String, byte[]> bombs() {
        Map<String, byte[]> bombs = new LinkedHashMap<>();
        bombs.put("progressive-6000x7000.jpg", Bombs.progressiveJpeg(6000, 7000, 0));
        bombs.put("progressive-65500x1500.jpg", Bombs.progressiveJpeg(65500, 1500, 1));
        bombs.put("scans-1000.jpg", Bombs.progressiveJpeg(512, 512, 1000));
        bombs.put("scans-100000.jpg", Bombs.progressiveJpeg(2000, 2000, 100_000));
        bombs.put("arithmetic-5000x6000.jpg", Bombs.arithmeticJpeg(5000, 6000));
        bombs.put("arithmetic-65500x1500.jpg", Bombs.arithmeticJpeg(65500, 1500));
        bombs.put("lossless-6000x7000.webp", Bombs.losslessWebp(6000, 7000));
        bombs.put("lossless-16000x6000.webp", Bombs.losslessWebp(16000, 6000));
        bombs.put("frames-5000x5000.gif", Bombs.gif(5000, 5000));
        bombs.put("frames-10000x10000.gif", Bombs.gif(10_000, 10_000));
        bombs.put("runs-5000x5000.bmp", Bombs.rleBmp(5000, 5000));
        bombs.put("runs-10000x10000.bmp", Bombs.rleBmp(10_000, 10_000));
        bombs.put("bits-9000x9000.png", Bombs.png(9000, 9000));
        bombs.put("bits-10000x10000.png", Bombs.png(10_000, 10_000));
        return bombs;
    }

    private void write(String name, byte[] bomb) {
        try {
            Files.write(
                    pictures.resolve(name.hashCode() % 2 == 0 ? "cat" : "dog").resolve(name), bomb);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "local[2], 1g",
        "'local-cluster[2,1,1024]', 4g",
    })
    void everyFileHasItsOutcomeAndNoJvmEnds(String master, String driverMemory) throws Exception {
        String manifest = directory.resolve("pictures.csv").toString();
        Cli.run("manifest", pictures.toString(), "--out", manifest);
        Path store = directory.resolve("features");

        Ended refused = extract(master, driverMemory, manifest, store);

        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(3);
        assertThat(refused.out()).contains("images 117 = written 109 + reused 0 + rejected 8");
        assertThat(rejects(store)).isEqualTo(expectedRejects());
        assertThat(refused.err()).doesNotContain("ExecutorLostFailure", "OutOfMemoryError", "Lost executor");

        Ended allowed = extract(master, driverMemory, manifest, store, "--set", "decode.max-rejected-share=1");

        assertThat(allowed.exitCode()).as(allowed.err()).isZero();
        assertThat(allowed.out()).contains("images 117 = written 0 + reused 109 + rejected 8");
    }

    @Test
    void heapThatIsTooSmallIsRefusedAtTheStart() throws Exception {
        String manifest = directory.resolve("pictures.csv").toString();
        Cli.run("manifest", pictures.toString(), "--out", manifest);

        Ended ended = extract("local[2]", "600m", manifest, directory.resolve("features"));

        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err())
                .contains(
                        "graft: Cannot decode images in a heap of ", "lower decode.max-image-memory, which is 512 MiB");
    }

    private static Map<String, String> expectedRejects() {
        Map<String, String> rejects = new TreeMap<>(OUTCOMES);
        rejects.values().removeIf(String::isEmpty);
        return rejects;
    }

    /** The reasons in the table of rejects, by the names of files. */
    private static Map<String, String> rejects(Path store) throws IOException {
        try (Stream<Path> fingerprints = Files.list(store)) {
            Path table = fingerprints
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow()
                    .resolve("_rejects");
            Dataset<Row> rows = TestSpark.session().read().parquet(table.toString());
            Map<String, String> rejects = new TreeMap<>();
            for (Row row : rows.select("uri", "reason").collectAsList()) {
                String uri = row.getString(0);
                rejects.put(uri.substring(uri.lastIndexOf('/') + 1), row.getString(1));
            }
            return rejects;
        }
    }

    private record Ended(int exitCode, String out, String err) {}

    private Ended extract(String master, String driverMemory, String manifest, Path store, String... more)
            throws Exception {
        String[] arguments = Stream.concat(
                        Stream.of("extract", "--manifest", manifest, "--out", store.toString()), Stream.of(more))
                .toArray(String[]::new);
        GraftProcess graft = GraftProcess.startWithHeap(directory, driverMemory, master, arguments);
        boolean ended = graft.process().waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
        graft.kill();
        assertThat(ended).as("ended in time: " + Files.readString(graft.err())).isTrue();
        return new Ended(graft.process().exitValue(), Files.readString(graft.out()), Files.readString(graft.err()));
    }
}
