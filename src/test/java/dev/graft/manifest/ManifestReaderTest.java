package dev.graft.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.graft.TestSpark;
import dev.graft.settings.InvalidInputException;
import dev.graft.settings.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestReaderTest {
    private static final SparkSession SPARK = TestSpark.session();
    private static final Path SHARED = Path.of("../shared/data");

    @TempDir
    Path directory;

    @Test
    void csvIsReadAndRelativeUrisBecomeAbsolute() throws IOException {
        String manifest = file("m.csv", """
                uri,label,split,width
                cat/a.jpg,cat,train,10
                /data/b.jpg,dog,test,20
                s3a://bucket/c.jpg,,validation,
                file:///d//e/../f.jpg,"a, ""b""\",train,40
                """);

        Dataset<Row> rows = read(manifest);

        assertThat(rows.columns()).containsExactly("uri", "label", "split", "width");
        assertThat(lines(rows))
                .containsExactlyInAnyOrder(
                        "file:" + directory + "/cat/a.jpg|cat|train|10",
                        "file:/data/b.jpg|dog|test|20",
                        "s3a://bucket/c.jpg|null|validation|null",
                        "file:/d/f.jpg|a, \"b\"|train|40");
    }

    @Test
    void everyFormatHoldsTheSameRows() throws IOException {
        Dataset<Row> csv = read(file("m.csv", "uri,label,split\na.jpg,1,train\nb b.jpg,2,test\n"));
        csv.write().parquet(directory.resolve("m.parquet").toString());
        csv.write()
                .option("header", true)
                .option("compression", "gzip")
                .csv(directory.resolve("parts").toString());
        csv.write().json(directory.resolve("json-parts").toString());
        String jsonLines = file("m.jsonl", """
                {"uri": "a.jpg", "label": 1, "split": "train"}
                {"uri": "b b.jpg", "label": "2", "split": "test"}
                """);
        String gzip = gzip("m.csv.gz", "uri,label,split\na.jpg,1,train\nb b.jpg,2,test\n");

        List<String> expected = lines(csv);
        assertThat(expected).hasSize(2);
        for (String manifest : List.of(jsonLines, gzip, path("m.parquet"), path("parts"), path("json-parts"))) {
            assertThat(lines(read(manifest))).as(manifest).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void manifestWhoseOwnPathLooksLikeAPatternIsRead() throws IOException {
        Path odd = Files.createDirectory(directory.resolve("a [1] {x}*?%20#ä"));
        Files.writeString(odd.resolve("m.csv"), "uri\na.jpg\n");

        assertThat(read(odd.resolve("m.csv").toString()).first().getString(0)).isEqualTo("file:" + odd + "/a.jpg");
    }

    @Test
    void byteOrderMarkIsNoPartOfTheFirstColumn() throws IOException {
        assertThat(read(file("m.csv", "\uFEFFuri,label\na.jpg,x\n")).columns())
                .containsExactly("uri", "label", "split");
    }

    @Test
    void userAndSecretOfAUriGetIntoNoTableAndNoMessage() throws IOException {
        List<String> uris = List.of(
                "ftp://u:top/secret@host/a.jpg",
                "s3a://AKIA:top/secret@bucket/b.jpg",
                "\"ftp://u:top secret@host/c.jpg\"",
                "hdfs://nn:8020/user@realm/d.jpg");

        assertThat(lines(read(file("m.csv", "uri,label,split\n" + String.join(",x,train\n", uris) + ",x,train\n"))))
                .containsExactlyInAnyOrder(
                        "ftp://***@host/a.jpg|x|train",
                        "s3a://***@bucket/b.jpg|x|train",
                        "ftp://***@host/c.jpg|x|train",
                        "hdfs://nn:8020/user@realm/d.jpg|x|train");
        assertThatThrownBy(() -> read(file("n.csv", "uri,split\nftp://u:top/secret@host/a.jpg,dev\n")))
                .hasMessageContaining("'dev' of ftp://***@host/a.jpg;");
        assertThatThrownBy(() -> read(file("o.csv", "uri,split\nftp://u:top/secret@host/a.jpg,train,x,y\n")))
                .hasMessageContaining("such as ftp://***@host/a.jpg,train,x,y;");
    }

    @Test
    void splitIsAssignedWhereNoneIsNamedWhateverThePartitioning() throws IOException {
        String rows = IntStream.range(0, 500).mapToObj(i -> i + ".jpg,x,\n").collect(Collectors.joining());
        String fewer = IntStream.range(0, 250).mapToObj(i -> i + ".jpg,x\n").collect(Collectors.joining());
        String all = file("all.csv", "uri,label,split\n" + rows);
        String some = file("some.csv", "uri,label\n" + fewer);

        Map<String, String> splits = splits(read(all));
        assertThat(splits.values()).contains("train", "validation", "test");
        assertThat(splits(read(all).repartition(7))).isEqualTo(splits);
        assertThat(splits).containsAllEntriesOf(splits(read(some)));
        SplitShares shares = new SplitShares(0.8, 0.1, 0.1);
        splits.forEach((uri, split) -> assertThat(split)
                .isEqualTo(
                        shares.split(Path.of(uri).getFileName().toString(), 42).columnValue()));
    }

    @Test
    void rowsThatNameNoSplitAreCounted() throws IOException {
        String manifest = file("m.csv", "uri,label,split\na.jpg,x,\nb.jpg,x,test\nc.jpg,y,\nd.jpg,,\n");
        List<String> notes = new ArrayList<>();
        new ManifestReader(SPARK, ManifestSettings.from(Settings.withDefaults()), notes::add).read(manifest);
        assertThat(notes)
                .containsExactly("Note: 2 of 3 labelled rows of manifest file:" + manifest
                        + " name no split; a hash of their uri deals them, as manifest.split says");
    }

    @Test
    void sharesThatAreGivenForNothingAreNoted() throws IOException {
        String named = file("named.csv", "uri,label,split\na.jpg,x,train\nb.jpg,x,test\nc.jpg,,\n");
        assertThat(notesOfShares(named))
                .containsExactly("Note: manifest.split is not used: every labelled row of manifest file:" + named
                        + " names its split");
        assertThat(notesOfShares(file("none.csv", "uri,label,split\na.jpg,,train\n")))
                .isEmpty();
        assertThat(notesOfShares(file("dealt.csv", "uri,label,split\na.jpg,x,train\nb.jpg,x,\n")))
                .noneMatch(note -> note.contains("not used"));
    }

    private static List<String> notesOfShares(String manifest) {
        List<String> notes = new ArrayList<>();
        Settings given = Settings.load(List.of(), List.of("manifest.split=[1, 0, 0]"));
        new ManifestReader(SPARK, ManifestSettings.from(given), notes::add).read(manifest);
        return notes;
    }

    @Test
    void splitsThatAreNamedStay() throws IOException {
        String rows = IntStream.range(0, 20).mapToObj(i -> i + ".jpg,test\n").collect(Collectors.joining());

        assertThat(splits(read(file("m.csv", "uri,split\n" + rows))).values()).containsOnly("test");
    }

    @Test
    void validationHasTheNamesThatFoldersOfItHave() throws IOException {
        String manifest = file("m.csv", """
                uri,split
                a.jpg,val
                b.jpg,valid
                c.jpg,validation
                d.jpg,training
                e.jpg,test
                """);

        assertThat(read(manifest).collectAsList())
                .extracting(row -> row.<String>getAs("split"))
                .containsExactly("validation", "validation", "validation", "train", "test");
    }

    @Test
    void missingFileIsRefused() {
        assertRefused("/no/such/m.csv", "Cannot read manifest /no/such/m.csv: no such file");
    }

    @Test
    void unknownFileSystemIsRefused() {
        assertRefused("s4a://b/m.csv", "Invalid uri: 's4a://b/m.csv' (No FileSystem for scheme \"s4a\")");
    }

    @Test
    void unknownFormatIsRefused() throws IOException {
        String manifest = file("m.txt", "uri\n");

        assertRefused(
                manifest,
                "Invalid manifest: %s (expected .csv, .csv.gz, .json, .jsonl or .parquet, or a directory of such files)",
                manifest);
    }

    @Test
    void emptyManifestIsRefused() throws IOException {
        assertRefused(file("m.csv", "uri,label\n"), "Invalid manifest: file:%s/m.csv (it has no rows)", directory);
    }

    @Test
    void missingUriColumnIsRefusedAndTheOneThatIsMeantNamed() throws IOException {
        String manifest = file("m.csv", "file,split,label\na.jpg,train,x\n");

        assertRefused(
                manifest,
                "Invalid manifest: file:%s (it has no column uri; its columns are file, split, label; "
                        + "to read uris from file, use --set manifest.columns.uri=file)",
                manifest);
    }

    @Test
    void missingUriColumnOfASimilarNameIsSuggested() throws IOException {
        String manifest = file("m.jsonl", "{\"URIs\": \"a.jpg\"}\n");

        assertRefused(
                manifest,
                "Invalid manifest: file:%s (it has no column uri; its columns are URIs; "
                        + "to read uris from URIs, use --set manifest.columns.uri=URIs)",
                manifest);
    }

    @Test
    void otherColumnsMayBeNamed() throws IOException {
        String manifest = file("m.csv", "file,class.name,part,uris\na.jpg,cat,test,7\n");

        Dataset<Row> rows = read(
                manifest,
                "manifest.columns.uri=file",
                "manifest.columns.label=class.name",
                "manifest.columns.split=part");

        assertThat(rows.columns()).containsExactly("uri", "label", "split", "uris");
        assertThat(lines(rows)).containsExactly("file:" + directory + "/a.jpg|cat|test|7");
    }

    @Test
    void secondColumnOfAReservedNameIsRefused() throws IOException {
        String manifest = file("m.csv", "file,uri\na.jpg,b.jpg\n");

        assertThatThrownBy(() -> read(manifest, "manifest.columns.uri=file"))
                .hasMessage(
                        "Invalid manifest: file:%s (its column uri is not the one that manifest.columns names; rename it)",
                        manifest);
    }

    @Test
    void brokenRowsMissingUrisAndUnknownSplitsAreCountedTogether() throws IOException {
        String manifest = file("m.csv", """
                uri,label,split
                a,b.jpg,cat,train
                b.jpg,cat,holdout
                c.jpg,cat,other
                ,cat,train
                d.jpg,cat,train
                """);

        assertRefused(manifest, """
                Invalid manifest: file:%s (rows that cannot be parsed: 1, such as a,b.jpg,cat,train; \
                quote values that hold a comma or a quote)
                Invalid manifest: file:%s (rows without a usable uri: 1, such as '')
                Invalid manifest: file:%s (rows of an unknown split: 2, such as 'holdout' of b.jpg; \
                expected one of train, validation, test, or nothing)""", manifest, manifest, manifest);
    }

    @Test
    void jsonThatIsNotOneObjectALineIsRefused() throws IOException {
        assertThatThrownBy(() -> read(file("m.json", "{\"uri\": \"a.jpg\"}\n{\"uri\":\n")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("rows that cannot be parsed: 1, such as {\"uri\":;");
    }

    @Test
    void duplicateUrisAreRefusedHoweverTheyAreWritten() throws IOException {
        String manifest = file("m.csv", "uri\na.jpg\nx/../a.jpg\nb.jpg\nb.jpg\nb.jpg\nc.jpg\n");

        assertRefused(
                manifest,
                "Invalid manifest: file:%s (uris that stand on more than one row: 2, on 5 rows, such as file:%s/a.jpg)",
                manifest,
                directory);
    }

    @Test
    void sharedManifestsAreReadWithTheirOwnColumnNames() {
        assumeTrue(Files.isDirectory(SHARED), "The shared data is not beside the repository");

        Dataset<Row> rows = read(SHARED.resolve("cats_vs_dogs/MANIFEST.csv").toString(), "manifest.columns.uri=file");

        TrainingManifest manifest = TrainingManifest.check(rows);
        assertThat(manifest.labels()).containsExactly("cat", "dog");
        assertThat(manifest.images().count(Split.TEST)).isEqualTo(500);
        assertThat(rows.columns()).contains("sha256", "width");
    }

    @Test
    void jobsAreDescribedAndTheDescriptionEndsWithTheRead() throws IOException {
        SPARK.sparkContext().setJobDescription("outer");

        read(file("m.csv", "uri\na.jpg\n"));

        assertThat(SPARK.sparkContext().getLocalProperty("spark.job.description"))
                .isEqualTo("outer");
        SPARK.sparkContext().setJobDescription(null);
    }

    private static void assertRefused(String manifest, String message, Object... values) {
        assertThatThrownBy(() -> read(manifest))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(message, values);
    }

    private static Dataset<Row> read(String manifest, String... assignments) {
        Settings settings = Settings.load(List.of(), List.of(assignments));
        return new ManifestReader(SPARK, ManifestSettings.from(settings), note -> {}).read(manifest);
    }

    private static Map<String, String> splits(Dataset<Row> rows) {
        return rows.collectAsList().stream()
                .collect(Collectors.toMap(row -> row.<String>getAs("uri"), row -> row.<String>getAs("split")));
    }

    private static List<String> lines(Dataset<Row> rows) {
        return rows.collectAsList().stream().map(row -> row.mkString("|")).toList();
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    private String gzip(String name, String content) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(directory.resolve(name)))) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return path(name);
    }
}
