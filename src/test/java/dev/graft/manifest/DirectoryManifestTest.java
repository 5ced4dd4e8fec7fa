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

        ManifestSummary summary = write(images.resolve("m.csv"), "manifest.split=[1, 0, 0]");

        assertThat(summary.notes())
                .containsExactly(note(ListingNote.Kind.GIVEN_SPLITS, 5, "Training", "test", "train"));
        assertThat(summary.notes().get(0).text())
                .startsWith("manifest.split is not used: 5 folders are the splits, such as ");
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
    void foldersWhoseNamesDifferInCaseAloneAreNamed() throws IOException {
        Stream.of("train/Dog/1.png", "test/dog/2.png", "train/dog/3.png", "train/ant/4.png", "train/Cow/5.png")
                .forEach(this::image);
        Files.createDirectories(images.resolve("train/ANT"));
        assumeTrue(Files.notExists(images.resolve("train/ANT/4.png")), "file names here have no case");

        ManifestSummary summary = write(images.resolve("m.csv"));

        assertThat(summary.images().labels()).containsExactly("Cow", "Dog", "ant", "dog");
        assertThat(summary.notes())
                .containsExactly(
                        note(ListingNote.Kind.EMPTY_CLASSES, 1, "train/ANT"),
                        note(ListingNote.Kind.SPELLED_TWICE, 1, "test/dog", "train/Dog"));
        assertThat(summary.notes().get(1).text())
                .isEqualTo(
                        "1 class is spelled in upper and lower case in more than one way, and each spelling is a class"
                                + " of its own, such as file:%1$s/test/dog, file:%1$s/train/Dog",
                        images);
    }

    @Test
    void foldersNamedAfterSplitsWithoutFoldersAreClasses() throws IOException {
        Stream.of("train/1.png", "bus/2.png").forEach(this::image);

        ManifestSummary summary = write(images.resolve("m.csv"), "manifest.split=[1, 0, 0]");

        assertThat(summary.images().in(Split.TRAIN)).isEqualTo(new TreeMap<>(Map.of("bus", 1L, "train", 1L)));
        assertThat(summary.notes()).containsExactly(note(ListingNote.Kind.SPLITS_WITHOUT_CLASSES, 1, "train"));
    }

    @Test
    void splitsWithoutClassesAreNotedAndTheirImagesAreThere() throws IOException {
        Stream.of("train/1.png", "train/2.png", "test/3.png").forEach(this::image);

        ManifestSummary summary = write(images.resolve("m.csv"));

        assertThat(summary.images().total()).isEqualTo(3);
        assertThat(summary.notes())
                .singleElement()
                .extracting(ListingNote::text)
                .isEqualTo("2 folders called like splits have no class folders in them and are classes, such as file:"
                        + images + "/test, file:" + images + "/train");
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
    void whatIsNoImageIsCountedWithItsReason() throws IOException {
        Stream.of("cat/1.jpg", "cat/2.webp", "dog/3.JpEg", "dog/.hidden.jpg", "dog/notes.txt", "dog/.tmp/4.jpg")
                .forEach(this::image);
        Stream.of("dog/jpg", ".git/x.jpg", "README.md", "loose.jpg", "old.parquet/1.jpg")
                .forEach(this::image);

        ManifestSummary summary = write(images.resolve("m.csv"));

        assertThat(summary.images().total()).isEqualTo(3);
        assertThat(summary.notes())
                .containsExactlyInAnyOrder(
                        note(ListingNote.Kind.NOT_IMAGES, 3, "README.md", "dog/jpg"),
                        note(ListingNote.Kind.HIDDEN_FILES, 1, "dog/.hidden.jpg"),
                        note(ListingNote.Kind.HIDDEN_FOLDERS, 2, ".git", "dog/.tmp"),
                        note(ListingNote.Kind.TABLES, 1, "old.parquet"),
                        note(ListingNote.Kind.OUTSIDE_CLASSES, 1, "loose.jpg"));
        assertThat(summary.notes())
                .extracting(ListingNote::text)
                .contains("ignored 3 files that are not images, such as file:%1$s/README.md, file:%1$s/dog/jpg"
                        .formatted(images));
    }

    @Test
    void namesThatBeginWithAnUnderscoreAreThoseOfImagesAndClasses() throws IOException {
        Stream.of("cat/_MG_0001.jpg", "cat/__2.png", "_other/_DSC0003.JPG").forEach(this::image);

        ManifestSummary summary = write(images.resolve("m.csv"), "manifest.split=[1, 0, 0]");

        assertThat(summary.images().in(Split.TRAIN)).isEqualTo(new TreeMap<>(Map.of("_other", 1L, "cat", 2L)));
        assertThat(summary.notes()).isEmpty();
    }

    @Test
    void foldersThatSystemsMakeAreNoClasses() throws IOException {
        List<String> system = List.of("lost+found", "__MACOSX", "@eaDir", "#recycle", "_temporary");
        system.forEach(folder -> image(folder + "/1.jpg"));
        Stream.of("cat/1.jpg", "cat/@eaDir/1.jpg/THUMB_S.jpg", "_m.csv.0123abcd-0123-4567-89ab-0123456789ab")
                .forEach(this::image);

        ManifestSummary summary = write(images.resolve("m.csv"));

        assertThat(summary.images().labels()).containsExactly("cat");
        assertThat(summary.images().total()).isEqualTo(1);
        assertThat(summary.notes())
                .containsExactly(
                        note(ListingNote.Kind.HIDDEN_FILES, 1, "_m.csv.0123abcd-0123-4567-89ab-0123456789ab"),
                        note(ListingNote.Kind.HIDDEN_FOLDERS, 6, "#recycle", "@eaDir", "__MACOSX"));
    }

    @Test
    void linksThatLeadNowhereAreListedOrCounted() throws IOException {
        image("cat/1.jpg");
        link("cat/2.jpg", "/no/such");
        link("cat/more", "../no/such");
        link("cat/self", "self");
        link("bird", "/not/mounted");

        ManifestSummary summary = write(images.resolve("m.csv"));

        assertThat(uris(read(images.resolve("m.csv"))))
                .containsExactly("file:" + images + "/cat/1.jpg", "file:" + images + "/cat/2.jpg");
        assertThat(summary.notes()).containsExactly(note(ListingNote.Kind.DANGLING_LINKS, 3, "bird", "cat/more"));
    }

    @Test
    void linksThatLeadBackGiveNoImageTwice() throws IOException {
        IntStream.range(0, 4).forEach(i -> image("cat/" + i + ".jpg"));
        IntStream.range(0, 4).forEach(i -> image("dog/deep/" + i + ".jpg"));
        Map.of(
                        "cat/same",
                        ".",
                        "cat/all",
                        "..",
                        "cat/a",
                        "../cat",
                        "dog/deep/up",
                        "..",
                        "dog/cats",
                        "../cat",
                        "kitty",
                        "cat")
                .forEach(this::link);

        ManifestSummary summary = write(images.resolve("m.csv"));

        assertThat(read(images.resolve("m.csv")).collectAsList())
                .extracting(row -> row.<String>getAs("label"))
                .hasSize(8)
                .containsOnly("cat", "dog");
        assertThat(summary.notes()).singleElement().satisfies(note -> {
            assertThat(note.kind()).isEqualTo(ListingNote.Kind.REPEATED_FOLDERS);
            assertThat(note.count()).isEqualTo(6);
        });
    }

    @Test
    void linksToFoldersElsewhereAreFollowedOnce() throws IOException {
        image("cat/1.jpg");
        image("cat/.all/9.jpg");
        Files.createDirectories(elsewhere.resolve("cats/deep"));
        Files.writeString(elsewhere.resolve("cats/2.jpg"), "2.jpg");
        Files.writeString(elsewhere.resolve("cats/deep/3.jpg"), "3.jpg");
        link("cat/more", elsewhere + "/cats");
        link("cat/much-more", elsewhere + "/cats");
        link("cat/shown", ".all");
        Files.createSymbolicLink(elsewhere.resolve("cats/deep/loop"), Path.of(".."));
        Files.createSymbolicLink(elsewhere.resolve("cats/root"), images);

        ManifestSummary summary = write(images.resolve("m.csv"));

        String cat = "file:" + images + "/cat/";
        assertThat(uris(read(images.resolve("m.csv"))))
                .containsExactly(cat + "1.jpg", cat + "more/2.jpg", cat + "more/deep/3.jpg", cat + "shown/9.jpg");
        assertThat(summary.notes())
                .containsExactly(
                        note(ListingNote.Kind.HIDDEN_FOLDERS, 1, "cat/.all"),
                        note(ListingNote.Kind.REPEATED_FOLDERS, 3, "cat/more/deep/loop"));
    }

    @Test
    void namesThatAreNotUtf8AreCounted() throws Exception {
        image("cat/1.jpg");
        Process made = new ProcessBuilder(
                        "bash",
                        "-c",
                        "touch \"$0/cat/\"$'M\\xfcller.png' && mkdir \"$0/\"$'B\\xe4r' && touch \"$0/\"$'B\\xe4r/1.png'",
                        images.toString())
                .start();
        assertThat(made.waitFor()).isZero();

        ManifestSummary summary = write(images.resolve("m.csv"));

        assertThat(summary.images().total()).isEqualTo(1);
        assertThat(summary.notes())
                .containsExactly(note(ListingNote.Kind.UNNAMED, 2, "B\uFFFDr", "cat/M\uFFFDller.png"));
    }

    @Test
    void foldersCalledValidAreTheValidationSplit() throws IOException {
        Stream.of("train/cat/1.png", "valid/cat/2.png", "test/cat/3.png").forEach(this::image);

        ManifestSummary summary = write(images.resolve("m.csv"));

        assertThat(summary.images().in(Split.VALIDATION)).isEqualTo(new TreeMap<>(Map.of("cat", 1L)));
        assertThat(summary.notes()).isEmpty();
    }

    @Test
    void splitsBelowClassesAreNoted() throws IOException {
        Stream.of("cat/train/1.png", "cat/test/2.png", "dog/train/3.png").forEach(this::image);

        ManifestSummary summary = write(images.resolve("m.csv"), "manifest.split=[1, 0, 0]");

        assertThat(summary.images().count(Split.TRAIN)).isEqualTo(3);
        assertThat(summary.notes())
                .containsExactly(note(ListingNote.Kind.NESTED_SPLITS, 3, "cat/test/2.png", "dog/train/3.png"));
    }

    @Test
    void classesWithoutImagesAreNoted() throws IOException {
        Stream.of("cat/1.jpg", "dog/notes.txt").forEach(this::image);
        Files.createDirectory(images.resolve("bird"));

        ManifestSummary summary = write(images.resolve("m.csv"));

        assertThat(summary.images().labels()).containsExactly("cat");
        assertThat(summary.notes())
                .containsExactly(
                        note(ListingNote.Kind.NOT_IMAGES, 1, "dog/notes.txt"),
                        note(ListingNote.Kind.EMPTY_CLASSES, 2, "bird", "dog"));
    }

    @Test
    void directoryWithoutImagesIsRefusedWithWhatIsThere() {
        Stream.of("cat/1.heic", "dog/notes.txt").forEach(this::image);

        assertRefused(
                images.resolve("m.csv"),
                "Cannot list images in file:%1$s: there are none in its 2 class folders (ignored 2 files that are not"
                        + " images, such as file:%1$s/cat/1.heic, file:%1$s/dog/notes.txt; ignored 2 class folders"
                        + " without images, such as file:%1$s/cat, file:%1$s/dog)",
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

        assertThat(summary.notes()).isEmpty();
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
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly("m.jsonl");
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

    private ListingNote note(ListingNote.Kind kind, long count, String... examples) {
        return new ListingNote(
                kind,
                count,
                Stream.of(examples).map(name -> "file:" + images + "/" + name).toList());
    }

    private void link(String name, String target) {
        try {
            Files.createSymbolicLink(images.resolve(name), Path.of(target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ManifestSummary write(Path manifest, String... assignments) {
        return manifests(assignments).write(images.toString(), manifest.toString(), ExistingManifest.REFUSE);
    }

    private static DirectoryManifest manifests(String... assignments) {
        return new DirectoryManifest(SPARK, ManifestSettings.from(Settings.load(List.of(), List.of(assignments))));
    }

    private static Dataset<Row> read(Path manifest) {
        return new ManifestReader(SPARK, ManifestSettings.from(Settings.withDefaults()), note -> {})
                .read(manifest.toString());
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
