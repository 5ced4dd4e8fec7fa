package dev.graft.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.graft.TestSpark;
import dev.graft.settings.InvalidInputException;
import dev.graft.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryManifestTest {
    private static final SparkSession SPARK = TestSpark.session();
    private static final Path SHARED = Path.of("../shared/data");
    private static final List<String> ODD_NAMES = List.of(
            "plain.jpg",
            "two  spaces .jpg",
            " leading.jpg",
            "comma,comma.jpg",
            "quote\"quote.jpg",
            "\"quoted\".jpg",
            "single'.jpg",
            "100%.jpg",
            "a%20b.jpg",
            "a+b.jpg",
            "#hash#.jpg",
            "question?mark*.jpg",
            "[1]{2}.jpg",
            "back\\slash.jpg",
            "semi;colon&and=.jpg",
            "tab\there.jpg",
            "ä ö 猫 🐈.jpg");

    @TempDir
    Path images;

    @TempDir
    Path elsewhere;

    @ParameterizedTest
    @ValueSource(strings = {"m.csv", "m.jsonl", "m.json", "m.parquet"})
    void classFoldersBecomeLabelsAndSplitsAreAssigned(String name) throws IOException {
        IntStream.range(0, 60).forEach(i -> image((i % 2 == 0 ? "cat/" : "dog/deep/er/") + i + ".JPG"));

        ManifestSummary summary = write(images.resolve(name));

        List<Row> rows = read(images.resolve(name)).collectAsList();
        assertThat(rows).hasSize(60);
        assertThat(summary.images().total()).isEqualTo(60);
        for (Split split : Split.values()) {
            summary.images().in(split).forEach((label, count) -> assertThat(count)
                    .isEqualTo(count(rows, split, label)));
        }
        SplitShares shares = new SplitShares(0.8, 0.1, 0.1);
        assertThat(rows).allSatisfy(row -> {
            String relative = row.<String>getAs("uri").substring(("file:" + images + "/").length());
            assertThat(row.<String>getAs("label")).isEqualTo(relative.substring(0, 3));
            assertThat(row.<String>getAs("split"))
                    .isEqualTo(shares.split(relative, 42).columnValue());
        });
    }

    @Test
    void foldersNamedAfterSplitsAreTheSplits() throws IOException {
        Stream.of("train/cat/1.png", "Training/dog/2.png", "val/cat/3.png", "validation/dog/4.png", "test/cat/x/5.png")
                .forEach(this::image);

        write(images.resolve("m.csv"), "manifest.split=[1, 0, 0]");

        assertThat(Files.readString(images.resolve("m.csv"))).isEqualTo("""
                        uri,label,split
                        Training/dog/2.png,dog,train
                        test/cat/x/5.png,cat,test
                        train/cat/1.png,cat,train
                        val/cat/3.png,cat,validation
                        validation/dog/4.png,dog,validation
                        """);
    }

    @Test
    void foldersNamedAfterSplitsWithoutFoldersAreClasses() throws IOException {
        Stream.of("train/1.png", "bus/2.png").forEach(this::image);

        ManifestSummary summary = write(images.resolve("m.csv"), "manifest.split=[1, 0, 0]");

        assertThat(summary.images().in(Split.TRAIN)).isEqualTo(new TreeMap<>(Map.of("bus", 1L, "train", 1L)));
    }

    @Test
    void splitsBesideClassesAreRefused() {
        Stream.of("train/cat/1.png", "dog/2.png").forEach(this::image);

        assertRefused(
                images.resolve("m.csv"),
                "Cannot list classes in file:%s: train is a split with class folders, dog is not "
                        + "(expected folders of one kind)",
                images);
    }

    @Test
    void filesThatAreNoImagesAreCounted() throws IOException {
        Stream.of("cat/1.jpg", "cat/2.webp", "dog/3.JpEg", "dog/.hidden.jpg", "dog/notes.txt", "dog/_tmp/4.jpg")
                .forEach(this::image);
        Stream.of("dog/jpg", ".git/x.jpg", "README.md", "loose.jpg").forEach(this::image);

        ManifestSummary summary = write(images.resolve("m.csv"));

        String root = "file:" + images + "/";
        assertThat(summary.images().total()).isEqualTo(3);
        assertThat(summary.notImages())
                .isEqualTo(new ManifestSummary.Skipped(
                        6, List.of(root + ".git", root + "README.md", root + "dog/.hidden.jpg")));
        assertThat(summary.outsideClasses()).isEqualTo(new ManifestSummary.Skipped(1, List.of(root + "loose.jpg")));
    }

    @Test
    void classWithoutImagesIsRefused() {
        Stream.of("cat/1.jpg", "dog/notes.txt").forEach(this::image);

        assertRefused(
                images.resolve("m.csv"),
                "Invalid class folders: file:%s/dog (no images in 1 of 2 folders; add some, or remove the folders)",
                images);
        assertThat(images.resolve("m.csv")).doesNotExist();
    }

    @Test
    void directoryWithoutFoldersIsRefused() {
        image("1.jpg");

        assertRefused(
                images.resolve("m.csv"),
                "Cannot list classes in file:%s: it has no folders (expected one for each class)",
                images);
    }

    @Test
    void missingDirectoryIsRefused() {
        assertThatThrownBy(() -> manifests().write("/no/such", images + "/m.csv", ExistingManifest.REFUSE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot list images in file:/no/such: no such directory");
    }

    @Test
    void fileInPlaceOfADirectoryIsRefused() {
        image("1.jpg");

        assertThatThrownBy(() -> manifests().write(images + "/1.jpg", images + "/m.csv", ExistingManifest.REFUSE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot list images in file:%s/1.jpg: not a directory", images);
    }

    @Test
    void unknownFormatIsRefused() {
        image("cat/1.jpg");

        assertRefused(
                images.resolve("m.csv.gz"),
                "Invalid manifest: file:%s/m.csv.gz (expected a name that ends in .csv, .jsonl, .json, .parquet)",
                images);
    }

    @ParameterizedTest
    @ValueSource(strings = {"m.csv", "m.parquet"})
    void existingManifestIsReplacedOnlyOnDemand(String name) throws IOException {
        image("cat/1.jpg");
        Path manifest = images.resolve(name);
        write(manifest);
        image("cat/2.jpg");

        assertRefused(manifest, "Cannot write manifest file:%s: it exists already (--overwrite replaces it)", manifest);
        assertThat(read(manifest).count()).isEqualTo(1);
        ManifestSummary summary = manifests().write(images.toString(), manifest.toString(), ExistingManifest.REPLACE);

        assertThat(summary.notImages().files()).isZero();
        assertThat(read(manifest).count()).isEqualTo(2);
    }

    @Test
    void nothingIsLeftBesideTheManifest() throws IOException {
        image("cat/1.jpg");
        image("cat/line\nbreak.jpg");

        write(elsewhere.resolve("m.jsonl"));
        assertThatThrownBy(() -> write(elsewhere.resolve("m.csv")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "Cannot write manifest file:%s/m.csv: a file name has a line break: ", elsewhere)
                .hasMessageEndingWith("(write .jsonl or .parquet)");

        try (Stream<Path> left = Files.list(elsewhere)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("m.jsonl", ".m.jsonl.crc");
        }
        assertThat(uris(read(elsewhere.resolve("m.jsonl")))).contains("file:" + images + "/cat/line\nbreak.jpg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"m.csv", "m.jsonl", "m.parquet"})
    void anyFileNameSurvivesAndOpens(String name) throws IOException {
        ODD_NAMES.forEach(odd -> image("a, \"b\" %25#ü/" + odd));

        for (Path manifest : List.of(images.resolve(name), elsewhere.resolve(name))) {
            write(manifest);

            Dataset<Row> rows = read(manifest);
            assertThat(rows.collectAsList())
                    .extracting(row -> row.<String>getAs("label"))
                    .containsOnly("a, \"b\" %25#ü");
            assertThat(uris(rows).stream().map(DirectoryManifestTest::content))
                    .containsExactlyInAnyOrderElementsOf(ODD_NAMES);
        }
    }

    @Test
    void urisAreRelativeOnlyBeneathTheManifest() throws IOException {
        image("cat/1.jpg");

        write(images.resolve("m.csv"));
        write(elsewhere.resolve("m.csv"));

        assertThat(images.resolve("m.csv")).content().contains("\ncat/1.jpg,cat,");
        assertThat(elsewhere.resolve("m.csv")).content().contains("\nfile:" + images + "/cat/1.jpg,cat,");
    }

    @Test
    void splitsAreTheSameWhereverTheManifestLiesAndWhateverIsAdded() throws IOException {
        IntStream.range(0, 50).forEach(i -> image("cat/" + i + ".jpg"));
        write(images.resolve("before.jsonl"));
        List<String> before = splits(images.resolve("before.jsonl"));
        IntStream.range(50, 100).forEach(i -> image("bat/" + i + ".jpg"));

        write(elsewhere.resolve("after.jsonl"));

        assertThat(splits(elsewhere.resolve("after.jsonl"))).containsAll(before).hasSize(100);
    }

    @Test
    void sharedFlowersHaveTheirSplits() throws IOException {
        assumeTrue(Files.isDirectory(SHARED), "The shared data is not beside the repository");

        ManifestSummary summary =
                manifests().write(SHARED.resolve("flowers").toString(), elsewhere + "/m.csv", ExistingManifest.REFUSE);

        TrainingManifest counted = TrainingManifest.check(read(elsewhere.resolve("m.csv")));
        assertThat(counted.images()).isEqualTo(summary.images());
        assertThat(counted.labels()).hasSize(5);
        assertThat(counted.images().count(Split.TRAIN)).isEqualTo(400);
        assertThat(counted.images().count(Split.TEST)).isEqualTo(100);
    }

    private void assertRefused(Path manifest, String message, Object... values) {
        assertThatThrownBy(() -> write(manifest))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(message, values);
    }

    private ManifestSummary write(Path manifest, String... assignments) {
        return manifests(assignments).write(images.toString(), manifest.toString(), ExistingManifest.REFUSE);
    }

    private static DirectoryManifest manifests(String... assignments) {
        return new DirectoryManifest(SPARK, ManifestSettings.from(Settings.load(List.of(), List.of(assignments))));
    }

    private static Dataset<Row> read(Path manifest) {
        return new ManifestReader(SPARK, ManifestSettings.from(Settings.withDefaults())).read(manifest.toString());
    }

    private static List<String> uris(Dataset<Row> rows) {
        return rows.collectAsList().stream()
                .map(row -> row.<String>getAs("uri"))
                .toList();
    }

    private List<String> splits(Path manifest) {
        return read(manifest).collectAsList().stream().map(Row::toString).toList();
    }

    private static long count(List<Row> rows, Split split, String label) {
        return rows.stream()
                .filter(row -> split.columnValue().equals(row.getAs("split")) && label.equals(row.getAs("label")))
                .count();
    }

    /** A file holds its own name, so that opening another one shows. */
    private void image(String name) {
        Path path = images.resolve(name);
        try {
            Files.createDirectories(path.getParent());
            Files.writeString(path, path.getFileName().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String content(String uri) {
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(uri);
        try (FSDataInputStream in = path.getFileSystem(new Configuration()).open(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
