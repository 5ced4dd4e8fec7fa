package dev.graft.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.TestSpark;
import dev.graft.settings.InvalidInputException;
import dev.graft.settings.Settings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;

/** Manifests whose structure is broken give a table or one message; never another exception, and never a long wait. */
class HostileManifestTest {
    private static final SparkSession SPARK = TestSpark.session();
    private static final Duration SLOWEST = Duration.ofSeconds(30);
    private static final int FEW = 6;
    private static final int MANY = 80;
    private static final int LONGEST_MESSAGE = 1000;
    private static final String CSV =
            "uri,label,split,width\na.jpg,cat,train,1\nb.jpg,\"d, o\"\"g\",test,2\nc.jpg,,,3\n";
    private static final String JSON_LINES = """
            {"uri": "a.jpg", "label": "cat", "split": "train", "size": {"width": 1, "tags": ["x", null]}}
            {"uri": "b.jpg", "label": 2, "split": null}
            """;
    private static final List<String> TOKENS = List.of(
            "\"",
            "\"\"",
            ",",
            "\n",
            "\r",
            "\0",
            "\\",
            "\uFEFF",
            ",,,",
            "uri",
            "label",
            "train",
            "_broken_row",
            "_written_uri",
            "{",
            "}",
            "[",
            "]",
            ":",
            "null",
            "1e999",
            "-",
            "`",
            ".",
            "\uD800",
            "${x}",
            "\t",
            "*");

    @TempDir
    Path directory;

    private byte[] parquet;

    @BeforeEach
    void writeParquet() throws IOException {
        parquet = parquet(read(write("m.csv", CSV.getBytes(StandardCharsets.UTF_8))), "snappy");
    }

    private byte[] parquet(Dataset<Row> rows, String compression) throws IOException {
        Path folder = Files.createTempDirectory(directory, "written").resolve(compression);
        rows.coalesce(1).write().option("compression", compression).parquet(folder.toString());
        try (Stream<Path> files = Files.list(folder)) {
            Path file = files.filter(path -> path.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
            return Files.readAllBytes(file);
        }
    }

    @Test
    void fewMutatedManifestsAreReadOrRefused() throws IOException {
        attack(FEW, 1);
    }

    @Test
    @Tag("long")
    void manyMutatedManifestsAreReadOrRefused() throws IOException {
        attack(MANY, 2);
    }

    @Test
    void manifestsThatAreNotWhatTheirNamesSayAreRefused() throws IOException {
        byte[] text = CSV.getBytes(StandardCharsets.UTF_8);

        assertRefused(
                write("text.parquet", text),
                "file:" + directory + "/text.parquet is not a Parquet file. Expected "
                        + "magic number at tail, but found [44, 44, 51, 10]");
        assertRefused(write("text.csv.gz", text), "not a gzip file");
        assertRefused(
                write("empty.parquet", new byte[0]),
                "file:" + directory + "/empty.parquet is not a Parquet file " + "(length is too low: 0)");
    }

    @Test
    void damageInAColumnThatNobodyAskedForIsFoundAtOnce() throws IOException {
        Path csv = write("extra.csv", "uri,extra\na.jpg,nobody asked\n".getBytes(StandardCharsets.UTF_8));
        byte[] damaged = parquet(read(csv), "none");
        int text = new String(damaged, StandardCharsets.ISO_8859_1).indexOf("nobody asked");
        // The length that stands before a text.
        Arrays.fill(damaged, text - Integer.BYTES, text, (byte) 0x7F);

        assertThatThrownBy(() -> read(write("damaged.parquet", damaged)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Cannot read manifest " + directory + "/damaged.parquet: it is damaged, ");
    }

    /** Parquet's streams of these two codecs would give nothing for ever, and no end. */
    @ParameterizedTest
    @ValueSource(strings = {"snappy", "lz4raw"})
    void aPageThatHoldsLessThanItPromisesIsRefused(String compression) throws IOException {
        byte[] file = parquet(read(write("whole.csv", CSV.getBytes(StandardCharsets.UTF_8))), compression);
        Path whole = write("whole-" + compression + ".parquet", file);
        assertThat(read(whole).collectAsList()).hasSize(3);

        // The first page's header: field 1, its type; field 2, its size when it is decompressed, as a zigzag number.
        assertThat(file[4]).isEqualTo((byte) 0x15);
        assertThat(file[6]).isEqualTo((byte) 0x15);
        file[7] += 2;
        Path folder = Files.createDirectories(directory.resolve("several-" + compression));
        Files.copy(whole, folder.resolve("a.parquet"));
        Files.write(folder.resolve("b.parquet"), file);

        for (Path manifest : List.of(write("promising-" + compression + ".parquet", file), folder)) {
            assertThatThrownBy(() -> read(manifest))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageMatching(
                            "Cannot read manifest \\S+: \\S+\\.parquet is damaged: a page of its column uri holds less"
                                    + " than it promises \\(write it anew\\)");
        }
    }

    @Test
    void columnsThatStandTwiceAreRefused() throws IOException {
        Path manifest =
                write("twice.jsonl", "{\"uri\": \"a.jpg\", \"Uri\": \"b.jpg\"}\n".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> read(manifest)).isInstanceOf(InvalidInputException.class);
    }

    private void assertRefused(Path manifest, String reason) {
        assertThatThrownBy(() -> read(manifest))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot read manifest %s: it is damaged, or not what its name says: %s (write it anew)"
                        .formatted(manifest, reason));
    }

    private void attack(int files, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            tryToRead(write("c" + i + ".csv", text(CSV, random)), faults);
            tryToRead(write("j" + i + ".jsonl", text(JSON_LINES, random)), faults);
            tryToRead(write("p" + i + ".parquet", mutatedParquet(random)), faults);
        }
        assertThat(faults).isEmpty();
    }

    private void tryToRead(Path manifest, List<String> faults) {
        try {
            readInTime(manifest);
        } catch (InvalidInputException e) {
            if (e.getMessage().length() > LONGEST_MESSAGE || e.getMessage().contains("\tat ")) {
                faults.add(manifest + ": " + e.getMessage());
            }
        } catch (Throwable e) {
            faults.add(manifest + ": " + Throwables.getStackTrace(e));
        }
    }

    /** What a file makes slow is slow each time; what the machine makes slow once, with a heap full of other tests, is not. */
    private void readInTime(Path manifest) {
        try {
            Assertions.assertTimeoutPreemptively(SLOWEST, () -> read(manifest).collectAsList());
        } catch (AssertionFailedError slow) {
            System.out.println(manifest + " took too long and is read once more; it stood "
                    + Throwables.getStackTrace(slow.getCause()));
            Assertions.assertTimeoutPreemptively(SLOWEST, () -> read(manifest).collectAsList());
        }
    }

    private static byte[] text(String whole, SplittableRandom random) {
        StringBuilder text = new StringBuilder(whole);
        for (int change = 1 + random.nextInt(3); change > 0; change--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, TOKENS.get(random.nextInt(TOKENS.size())));
                case 1 -> text.replace(at, at + 1, text.length() == 1 ? "," : "");
                case 2 -> text.setLength(Math.max(1, at));
                default -> text.append(text.substring(at));
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Bytes of the footer, where thrift keeps lengths, counts and offsets; its length; pages; or the end cut off. */
    private byte[] mutatedParquet(SplittableRandom random) {
        byte[] file = parquet.clone();
        int lengthAt = file.length - 8;
        int footer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(lengthAt);
        int footerAt = lengthAt - footer;
        switch (random.nextInt(6)) {
            case 0 -> ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(lengthAt, random.nextInt());
            case 1 ->
                ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(lengthAt, footer + random.nextInt(9) - 4);
            case 2 -> file = Arrays.copyOf(file, random.nextInt(file.length));
            case 3 -> file[4 + random.nextInt(footerAt - 4)] ^= (byte) (1 + random.nextInt(255));
            default -> {
                for (int i = random.nextInt(3); i >= 0; i--) {
                    file[footerAt + random.nextInt(footer)] = (byte) random.nextInt();
                }
            }
        }
        return file;
    }

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(directory.resolve(name), content);
    }

    private static Dataset<Row> read(Path manifest) {
        ManifestSettings settings = ManifestSettings.from(Settings.load(List.of(), List.of()));
        return new ManifestReader(SPARK, settings, note -> {}).read(manifest.toString());
    }
}
