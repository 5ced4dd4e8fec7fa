package dev.graft.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.TestSpark;
import dev.graft.settings.DataGateException;
import dev.graft.settings.InvalidInputException;
import dev.graft.settings.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests as other programs and people write them. */
class ForeignManifestTest {
    private static final SparkSession SPARK = TestSpark.session();

    @TempDir
    Path directory;

    private final List<String> notes = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"uri,label, split", "uri, label,split ", " uri\t,\u00A0label,split"})
    void blanksAroundNamesOfColumnsAreLeftOutAndTold(String header) throws IOException {
        Dataset<Row> rows = read(file("m.csv", header + "\na.jpg,cat,test\nb.jpg,dog,train\n"));

        assertThat(rows.columns()).containsExactly("uri", "label", "split");
        assertThat(lines(rows)).containsExactlyInAnyOrder("a.jpg|cat|test", "b.jpg|dog|train");
        assertThat(notes).singleElement().asString().contains("blanks around the names of ", "m.csv are left out: '");
    }

    @Test
    void blanksAroundLabelsAndSplitsAreLeftOutAndCounted() throws IOException {
        String csv = file("m.csv", "uri,label,split\na.jpg, cat, test\nb.jpg,dog\u00A0,train\nc.jpg,owl,train\n");

        assertThat(lines(read(csv))).containsExactlyInAnyOrder("a.jpg|cat|test", "b.jpg|dog|train", "c.jpg|owl|train");
        assertThat(notes)
                .containsExactly(
                        "Note: blanks around the labels of 2 rows of manifest file:" + csv
                                + " are left out, such as in ' cat'",
                        "Note: blanks around the splits of 1 rows of manifest file:" + csv
                                + " are left out, such as in ' test'");
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "cat, cat,' cat' and 'cat'",
                "cat,cat ,'cat' and 'cat '",
                " cat,cat ,' cat' and 'cat '",
                "B\u00E4r,Ba\u0308r,'Ba\\u0308r' and 'B\\u00E4r'"
            })
    void labelsThatLookTheSameAreRefusedInBothSpellings(String first, String second, String named) throws IOException {
        String csv = file("m.csv", "uri,label\na.jpg,%s\nb.jpg,%s\nc.jpg,dog\n".formatted(first, second));

        assertThatThrownBy(() -> read(csv))
                .isInstanceOf(DataGateException.class)
                .hasMessageContaining("more than one way: 1, such as " + named + ", which differ in blanks");
    }

    @Test
    void labelsThatDifferInCaseAloneAreNamed() throws IOException {
        String csv = file(
                "m.csv",
                "uri,label,split\na.jpg,Dog,test\nb.jpg,dog,test\nc.jpg,Ma\u00DFe,test\nd.jpg,MASSE,test\n"
                        + "e.jpg,B\u00C4R,test\nf.jpg,b\u00E4r,test\ng.jpg,owl,test\nh.jpg,Cat,test\n");

        assertThat(read(csv).select("label").distinct().count()).isEqualTo(8);
        assertThat(notes)
                .containsExactly(
                        "Warning: labels of manifest file:" + csv + " that differ in upper and lower case alone are"
                                + " classes of their own: 'B\u00C4R' and 'b\u00E4r', 'Dog' and 'dog' (where they are"
                                + " one class, write one of them)");
    }

    @Test
    void ofManyLabelsThatDifferInCaseAloneTenAreNamed() throws IOException {
        StringBuilder rows = new StringBuilder("uri,label,split\n");
        for (char c = 'a'; c <= 'm'; c++) {
            rows.append("%1$s1.jpg,%1$s,test\n%1$s2.jpg,%2$s,test\n".formatted(c, Character.toUpperCase(c)));
        }

        read(file("m.csv", rows.toString()));

        assertThat(notes).singleElement().asString().contains(": 'A' and 'a', ", "'J' and 'j', and 3 more (where");
    }

    @ParameterizedTest
    @ValueSource(strings = {"m.csv", "m.csv.gz"})
    void csvThatIsNotUtf8IsRefused(String name) throws IOException {
        Path manifest = directory.resolve(name);
        String rows = "uri,label\na.jpg,f\u00FCr\nb.jpg,f\u00E4r\nc.jpg,for\nd\u00E9.jpg,for\n";
        write(manifest, rows.getBytes(Charset.forName("windows-1252")));

        assertThatThrownBy(() -> read(manifest.toString()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Invalid manifest: file:%s (it is not UTF-8: rows whose uri, label or split has other bytes: 3,"
                                + " such as 'd\uFFFD.jpg' of d\uFFFD.jpg; save it as UTF-8)",
                        manifest);

        write(manifest, rows.getBytes(StandardCharsets.UTF_8));
        assertThat(read(manifest.toString()).collectAsList())
                .extracting(row -> row.<String>getAs("label"))
                .containsExactlyInAnyOrder("f\u00FCr", "f\u00E4r", "for", "for");
    }

    /** Spark does not parse such rows of JSON. */
    @Test
    void jsonThatIsNotUtf8IsRefused() throws IOException {
        Path manifest = directory.resolve("m.jsonl");
        String rows = "{\"uri\": \"a.jpg\", \"label\": \"f\u00FCr\"}\n{\"uri\": \"b.jpg\", \"label\": \"for\"}\n";
        write(manifest, rows.getBytes(Charset.forName("windows-1252")));

        assertThatThrownBy(() -> read(manifest.toString()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Invalid manifest: file:%s (rows that cannot be parsed: 1, such as"
                                + " {\"uri\": \"a.jpg\", \"label\": \"f\uFFFDr\"}; quote values that hold a comma or a quote, and save it as UTF-8, which it is not)",
                        manifest);
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                OutputStream coded = file.toString().endsWith(".gz") ? new GZIPOutputStream(out) : out) {
            coded.write(content);
        }
    }

    @Test
    void theCharacterThatStandsForOtherBytesMayBeMeant() throws IOException {
        assertThat(lines(read(file("m.csv", "uri,label,split\na\uFFFD.jpg,f\uFFFDr,test\n"))))
                .containsExactly("a\uFFFD.jpg|f\uFFFDr|test");
    }

    @Test
    void labelsInOneSpellingStayAsTheyAre() throws IOException {
        assertThat(lines(read(file("m.csv", "uri,label,split\na.jpg,Ba\u0308r,test\nb.jpg,Ba\u0308r,test\n"))))
                .containsExactlyInAnyOrder("a.jpg|Ba\u0308r|test", "b.jpg|Ba\u0308r|test");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"uri\": \"a.jpg\", \"label\": [\"cat\", \"pet\"]}",
                "{\"uri\": \"a.jpg\", \"label\": {\"class\": \"cat\"}}",
                "{\"uri\": \"a.jpg\", \"label\": \"cat\"}\n{\"uri\": \"b.jpg\", \"label\": [\"cat\", \"pet\"]}"
            })
    void labelThatIsAListIsRefused(String rows) throws IOException {
        String manifest = file("m.jsonl", rows);

        assertThatThrownBy(() -> read(manifest))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("label")
                .hasMessageContaining("is a list")
                .hasMessageContaining("an image has one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "csv", "json"})
    void namesOfFoldersAreText(String format) throws IOException {
        SPARK.read()
                .option("header", true)
                .csv(file("written.csv", "uri,label\na.jpg,001\nb.jpg,1\nc.jpg,1.10\nd.jpg,1.1\ne.jpg,2024-01-02\n"))
                .write()
                .option("header", true)
                .partitionBy("label")
                .format(format)
                .save(directory.resolve("m." + format).toString());

        assertThat(read(directory.resolve("m." + format).toString()).collectAsList())
                .extracting(row -> row.<String>getAs("label"))
                .containsExactlyInAnyOrder("001", "1", "1.10", "1.1", "2024-01-02");
    }

    @Test
    void columnWithoutANameTravelsAlong() throws IOException {
        Dataset<Row> rows = read(file("m.csv", ",uri,label,split\n0,a.jpg,cat,train\n1,b.jpg,dog,test\n"));

        assertThat(rows.columns()).containsExactly("uri", "label", "split", "_c0");
        assertThat(lines(rows)).containsExactlyInAnyOrder("a.jpg|cat|train|0", "b.jpg|dog|test|1");
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            delimiter = ';',
            value = {"uri,label,split,label;label, label", "uri,id,split,ID;id, ID", "uri,id,split, id;id, id"})
    void columnsOfOneNameAreRefused(String header, String named) throws IOException {
        String csv = file("m.csv", header + "\na.jpg,cat,train,cat\n");

        assertThatThrownBy(() -> read(csv))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Invalid manifest: file:%s (columns that differ in nothing, or in upper and lower case or"
                                + " blanks alone: %s; rename or drop one of each)",
                        csv, named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void valuesWithLineBreaksAreRead(String lineBreak) throws IOException {
        Dataset<Row> rows = read(file(
                "m.csv",
                "uri,label,split,caption\na.jpg,cat,train,\"a cat\non, \"\"a\"\" mat\"\nb.jpg,dog,test,\"a\n\ndog\"\n"
                        .replace("\n", lineBreak)));

        assertThat(rows.collectAsList())
                .extracting(row -> row.<String>getAs("caption").replace("\r\n", "\n"))
                .containsExactlyInAnyOrder("a cat\non, \"a\" mat", "a\n\ndog");
    }

    @Test
    void filesOfADirectoryWithOtherColumnsAreRefusedByName() throws IOException {
        Path parts = Files.createDirectory(directory.resolve("parts"));
        Files.writeString(parts.resolve("a.csv"), "uri,label\na.jpg,cat\n");
        Files.writeString(parts.resolve("b.csv"), "");
        Files.writeString(parts.resolve("c.csv"), "label,uri\ncat,c.jpg\n");

        assertThatThrownBy(() -> read(parts.toString()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Invalid manifest: file:%s (the columns of its files differ: a.csv has uri,label, c.csv has"
                                + " label,uri; give all the same, in one order)",
                        parts);
    }

    @Test
    void parquetFilesOfADirectoryWithOtherColumnsAreRefusedByName() throws IOException {
        Path parts = Files.createDirectory(directory.resolve("parts"));
        parquet(parts.resolve("a.parquet"), "uri,label\na.jpg,cat\n");
        parquet(parts.resolve("b.parquet"), "Label,uri\ncat,b.jpg\n");

        assertThat(lines(read(parts.toString()).select("uri", "label")))
                .containsExactlyInAnyOrder("a.jpg|cat", "b.jpg|cat");

        parquet(parts.resolve("c.parquet"), "uri,label,split\nc.jpg,cat,test\n");
        assertThatThrownBy(() -> read(parts.toString()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Invalid manifest: file:%s (the columns of its files differ: a.parquet has uri,label, c.parquet has"
                                + " uri,label,split; give all the same)",
                        parts);
    }

    @Test
    void columnsOfAllParquetFilesAreCompared() throws IOException {
        Path parts = Files.createDirectory(directory.resolve("parts"));
        Path whole = directory.resolve("whole.parquet");
        parquet(whole, "uri,label\na.jpg,cat\n");
        for (int i = 0; i < 120; i++) {
            Files.copy(whole, parts.resolve("part-%03d.parquet".formatted(i)));
        }
        Files.write(parts.resolve("part-000.parquet"), new byte[0]);
        parquet(parts.resolve("part-130.parquet"), "uri,label,camera\nb.jpg,dog,7\n");
        parquet(parts.resolve("part-140.parquet"), "uri\nc.jpg\n");

        assertThatThrownBy(() -> read(parts.toString()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Invalid manifest: file:%s (the columns of its files differ: part-001.parquet has uri,label,"
                                + " part-130.parquet has uri,label,camera; give all the same)",
                        parts);
    }

    /** One file of Parquet, as other programs write it. */
    private void parquet(Path file, String csv) throws IOException {
        Path table = directory.resolve("written-" + file.getFileName());
        SPARK.read()
                .option("header", true)
                .csv(file("written.csv", csv))
                .coalesce(1)
                .write()
                .parquet(table.toString());
        try (DirectoryStream<Path> written = Files.newDirectoryStream(table, "part-*")) {
            Files.move(written.iterator().next(), file);
        }
    }

    @Test
    void filesThatAreNotReadForTheirNamesAreCounted() throws IOException {
        Path parts = Files.createDirectories(directory.resolve("parts/day=1")).getParent();
        Files.writeString(parts.resolve("day=1/a.csv"), "uri,label,split\na.jpg,cat,test\n");
        Files.createDirectories(parts.resolve("_temporary/0"));
        for (String made : List.of("_SUCCESS", "_committed_17", "_started_17", ".a.csv.crc", "_temporary/0/b.csv")) {
            Files.writeString(parts.resolve(made), "");
        }
        read(parts.toString());
        assertThat(notes).isEmpty();

        Files.writeString(parts.resolve("day=1/_rest.csv"), "uri,label,split\nb.jpg,cat,test\n");
        read(parts.toString());
        assertThat(notes)
                .containsExactly("Note: 1 file of manifest file:" + parts
                        + " is not read, its name begins with _ or .: day=1/_rest.csv");

        Files.writeString(parts.resolve(".more.csv"), "");
        read(parts.toString());
        assertThat(notes)
                .last()
                .isEqualTo("Note: 2 files of manifest file:" + parts
                        + " are not read, their names begin with _ or ., such as .more.csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"_broken_row", "_written_uri", "_written_label", "_written_split"})
    void columnsThatAreCalledAsGraftsOwnAreRefused(String name) throws IOException {
        String csv = file("m.csv", "uri," + name + "\na.jpg,1\n");

        assertThatThrownBy(() -> read(csv))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"m.csv", "m.jsonl", "m.parquet"})
    void manifestThatGraftWroteMayBeEdited(String name) throws IOException {
        Path images = Files.createDirectories(directory.resolve("images/cat")).getParent();
        Files.writeString(images.resolve("cat/1.jpg"), "x");
        Path manifest = directory.resolve(name);
        new DirectoryManifest(SPARK, settings()).write(images.toString(), manifest.toString(), ExistingManifest.REFUSE);

        try (Stream<Path> all = Files.walk(directory)) {
            assertThat(all.map(Path::toString)).noneMatch(file -> file.endsWith(".crc"));
        }
    }

    @Test
    void staleChecksumsAreIgnoredAndGoWhenTheManifestIsWrittenAnew() throws IOException {
        Path images = Files.createDirectories(directory.resolve("images/cat")).getParent();
        Files.writeString(images.resolve("cat/1.jpg"), "x");
        Path manifest = Path.of(file("m.csv", "uri,label,split\na.jpg,cat,train\n"));
        Path checksums = directory.resolve(".m.csv.crc");
        Files.write(checksums, new byte[] {'c', 'r', 'c', 0, 0, 0, 2, 0, 1, 2, 3, 4});

        assertThat(lines(read(manifest.toString()))).containsExactly("a.jpg|cat|train");
        assertThat(ManifestDigest.of(SPARK, manifest.toString())).startsWith("sha256:");

        new DirectoryManifest(SPARK, settings())
                .write(images.toString(), manifest.toString(), ExistingManifest.REPLACE);
        assertThat(checksums).doesNotExist();
    }

    private static ManifestSettings settings() {
        return ManifestSettings.from(Settings.withDefaults());
    }

    private Dataset<Row> read(String manifest) {
        return new ManifestReader(SPARK, settings(), notes::add).read(manifest);
    }

    private List<String> lines(Dataset<Row> rows) {
        return rows.collectAsList().stream()
                .map(row -> row.mkString("|").replace("file:" + directory + "/", ""))
                .toList();
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }
}
