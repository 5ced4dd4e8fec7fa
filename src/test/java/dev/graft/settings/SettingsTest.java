package dev.graft.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @TempDir
    Path directory;

    @Test
    void defaultsHaveNoProblems() {
        Settings settings = Settings.withDefaults();

        settings.check();
        assertThat(settings.root().wholeNumber("seed", 0, 100)).isEqualTo(42);
    }

    @Test
    void laterFilesOverrideEarlierOnesAndAssignmentsOverrideFiles() throws IOException {
        String first = file("first.conf", "seed = 1\nmanifest.columns { uri = a, label = b }");
        String second = file("second.conf", "seed = 2\nmanifest.columns.label = c");

        Settings settings = Settings.load(List.of(first, second), List.of("seed=3", "seed=4"));

        settings.check();
        assertThat(settings.root().wholeNumber("seed", 0, 100)).isEqualTo(4);
        assertThat(settings.section("manifest").text("columns.uri")).isEqualTo("a");
        assertThat(settings.section("manifest.columns").text("label")).isEqualTo("c");
        assertThat(settings.section("manifest.columns").text("split")).isEqualTo("split");
    }

    @Test
    void whatSomebodySaidIsGivenBeItTheDefault() throws IOException {
        Settings silent = Settings.withDefaults();
        Settings said = Settings.load(List.of(file("said.conf", "base.input = 299")), List.of("seed=42"));

        assertThat(silent.root().wholeNumber("seed", 0, 100)).isEqualTo(42);
        assertThat(silent.isGiven("seed")).isFalse();
        assertThat(said.isGiven("seed")).isTrue();
        assertThat(said.isGiven("base.input")).isTrue();
        assertThat(said.isGiven("base.name")).isFalse();
    }

    @Test
    void filesMayBeHadoopUris() throws IOException {
        String conf = Path.of(file("a b%20#.conf", "seed = 7")).toString();

        assertThat(Settings.load(List.of("file:" + conf), List.of()).root().wholeNumber("seed", 0, 9))
                .isEqualTo(7);
        assertThat(Settings.load(List.of(conf), List.of()).root().wholeNumber("seed", 0, 9))
                .isEqualTo(7);
    }

    @Test
    void includedFilesAreLookedForBesideTheFile() throws IOException {
        file("base.conf", "seed = 5\nmanifest.columns.uri = path");
        String conf = file("nightly.conf", "include \"base.conf\"\nseed = 6");

        Settings settings = Settings.load(List.of(conf), List.of());

        assertThat(settings.root().wholeNumber("seed", 0, 9)).isEqualTo(6);
        assertThat(settings.section("manifest.columns").text("uri")).isEqualTo("path");
    }

    @Test
    void includedFileThatIsMissingIsRefused() throws IOException {
        String conf = file("nightly.conf", "include \"bse.conf\"");

        assertThatThrownBy(() -> Settings.load(List.of(conf), List.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot read settings %s: no such file", directory.resolve("bse.conf"));
    }

    @Test
    void includedFilesMayBeRequired() throws IOException {
        file("base.conf", "seed = 5");
        String conf = file("nightly.conf", "include required(\"base.conf\")");

        assertThat(Settings.load(List.of(conf), List.of()).root().wholeNumber("seed", 0, 9))
                .isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "include url(\"http://127.0.0.1:1/x\")|url(\"http://127.0.0.1:1/x\")",
                "include required(url(\"http://127.0.0.1:1/x\"))|url(\"http://127.0.0.1:1/x\")",
                "include url(\"file:/x.conf\")|url(\"file:/x.conf\")",
                "include file(\"/etc/hostname\")|file(\"/etc/hostname\")",
                "include classpath(\"reference.conf\")|classpath(\"reference.conf\")",
                "include \"http://127.0.0.1:1/x\"|\"http://127.0.0.1:1/x\"",
                "include required(\"HTTPS://127.0.0.1:1/x\")|\"HTTPS://127.0.0.1:1/x\""
            })
    void onlyFilesAreIncluded(String statement, String shown) throws IOException {
        String conf = file("nightly.conf", "seed = 1\n" + statement);
        String nested = file("outer.conf", "include \"nightly.conf\"");

        for (String given : List.of(conf, nested)) {
            assertThatThrownBy(() -> Settings.load(List.of(given), List.of()))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(
                            "Cannot read settings %s:2: include %s is not allowed"
                                    + " (include a file by its name alone, such as include \"base.conf\")",
                            conf, shown);
        }
        assertThatThrownBy(() -> Settings.load(List.of(), List.of("base={" + statement + "}")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Cannot read settings of --set: include %s is not allowed"
                                + " (write it into a file for --conf)",
                        shown);
    }

    @Test
    void settingsFileOfMegabytesIsRefused() throws IOException {
        String conf = file("large.conf", " ".repeat(SmallFile.DESCRIPTION_BYTES + 1));

        assertThatThrownBy(() -> Settings.load(List.of(conf), List.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot read file:%s: it has 4194305 bytes, a file of its kind has at most 4194304", conf);
    }

    @Test
    void effectiveSettingsAreReadAgain() {
        Settings settings = Settings.load(List.of(), List.of("seed=7"));

        Settings read = Settings.ofEffective(settings.effective());

        read.check();
        assertThat(read.effective()).isEqualTo(settings.effective());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "include url(\"http://127.0.0.1:1/x\")",
                "include file(\"/etc/hostname\")",
                "include classpath(\"reference.conf\")",
                "include \"base.conf\"",
                "include \"/etc/hostname\""
            })
    void effectiveSettingsIncludeNothing(String statement) {
        assertThatThrownBy(() -> Settings.ofEffective("seed = 7\n\n" + statement))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Cannot read settings settings.conf:3: %s is not allowed"
                                + " (settings that a run wrote down are plain values; this file was changed)",
                        statement);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "base.weights = \"x-\"${PATH}|base.weights",
                "base { weights = ${?PATH} }|base.weights",
                "seed = ${user.home}|seed",
                "seed = ${decode.max-bytes}|seed",
                "base = { weights = a }, base = ${manifest}|base",
                "x = [1, {y = ${PATH}}]|x.y",
                "a += ${?HOME}|a"
            })
    void effectiveSettingsSubstituteNothing(String line, String key) {
        assertThatThrownBy(() -> Settings.ofEffective("version = 1\n" + line))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Cannot read settings settings.conf:2: %s is a substitution"
                                + " (settings that a run wrote down are plain values; this file was changed)",
                        key);
    }

    @Test
    void effectiveSettingsNestedWithoutEndAreRefused() {
        for (String open : List.of("{", "[", "a.", "a{", "a=[")) {
            assertThatThrownBy(() -> Settings.ofEffective("x = " + open.repeat(200_000) + "b=1"))
                    .as(open)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("Cannot read settings");
        }
    }

    @Test
    void valuesOfAnotherReleaseAreCheckedAndItsKeysAreNot() {
        Settings newer = Settings.ofEffective("base { name = xception, colour = red }, nobody-reads-it = 1");
        newer.section("base").text("name");
        newer.checkValues();
        Settings wrong = Settings.ofEffective("base { input = many, colour = red }\nhead = 7");
        wrong.section("base").count("input", 0, 9);
        assertThatThrownBy(wrong::checkValues)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid head: 7 (settings.conf:2; expected a section)\n"
                        + "Invalid base.input: 'many' (settings.conf:1; expected a whole number from 0 to 9)");
    }

    @Test
    void manyUnknownSettingsAreCounted() {
        String unknown =
                IntStream.range(0, 20_000).mapToObj(i -> "x" + i + "=1").collect(Collectors.joining("\n"));

        Settings settings = Settings.ofEffective(unknown);

        assertThatThrownBy(settings::check)
                .hasMessageStartingWith("Unknown setting: x0 (settings.conf:1)\n")
                .hasMessageEndingWith("\n… and 19900 more unknown settings");
    }

    @Test
    void substitutionsReadOtherSettingsAndTheEnvironment() throws IOException {
        String conf = file("nightly.conf", "manifest.columns { uri = ${PATH}, label = ${manifest.columns.split} }");

        Settings settings = Settings.load(List.of(conf), List.of("manifest.columns.split=${seed}"));

        assertThat(settings.section("manifest.columns").text("uri")).isEqualTo(System.getenv("PATH"));
        assertThat(settings.section("manifest.columns").text("label")).isEqualTo("42");
    }

    @Test
    void substitutionWithoutAValueIsRefusedWithItsPlace() throws IOException {
        String conf = file("nightly.conf", "\nmanifest.columns.uri = ${GRAFT_NO_SUCH_VARIABLE}");

        assertThatThrownBy(() -> Settings.load(List.of(conf), List.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Cannot resolve settings: %s:2: Could not resolve substitution to a value: "
                                + "${GRAFT_NO_SUCH_VARIABLE}",
                        conf);
    }

    @Test
    void assignedTextsNeedNoQuotes() {
        Settings settings = Settings.load(
                List.of(), List.of("manifest.columns.uri=s3a://bucket/a=b#c", "manifest.columns.label=\"quoted\""));

        assertThat(settings.section("manifest.columns").text("uri")).isEqualTo("s3a://bucket/a=b#c");
        assertThat(settings.section("manifest.columns").text("label")).isEqualTo("quoted");
    }

    @Test
    void unknownKeysAreRefusedAtAnyDepthAndTheNearestIsSuggested() throws IOException {
        String conf = file("nightly.conf", "seeds = 1\nmanifest {\n  columns { lable = x }\n}\nmanifst { split = [] }");

        assertThatThrownBy(Settings.load(List.of(conf), List.of("nothing.like=1", "columns.uri=x"))::check)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(String.join(
                                "\n",
                                "Unknown setting: columns.uri (--set; did you mean manifest.columns.uri?)",
                                "Unknown setting: manifest.columns.lable (%s:3; did you mean manifest.columns.label?)",
                                "Unknown setting: manifst.split (%s:5; did you mean manifest.split?)",
                                "Unknown setting: nothing.like (--set)",
                                "Unknown setting: seeds (%s:1; did you mean seed?)")
                        .replace("%s", conf));
    }

    @Test
    void valueInThePlaceOfASectionIsRefusedOnce() {
        Settings settings = Settings.load(List.of(), List.of("manifest.columns=5"));
        settings.section("manifest.columns").text("uri");
        settings.section("manifest.columns").text("label");

        assertThatThrownBy(settings::check).hasMessage("Invalid manifest.columns: \"5\" (--set; expected a section)");
        assertThat(settings.section("manifest.columns").text("uri")).isEqualTo("uri");
    }

    @Test
    void everyProblemOfEveryFileIsReportedAtOnce() throws IOException {
        String broken = file("broken.conf", "seed = 1\nmanifest {");
        String missing = directory.resolve("missing.conf").toString();

        assertThatThrownBy(() -> Settings.load(List.of(broken, missing), List.of("seed", "..=1", "seed=[1")))
                .isInstanceOf(InvalidInputException.class)
                .message()
                .satisfies(message -> assertThat(message.lines())
                        .satisfiesExactly(
                                line -> assertThat(line).startsWith("Cannot parse settings: " + broken + ":2: "),
                                line -> assertThat(line)
                                        .isEqualTo("Cannot read settings " + missing + ": no such file"),
                                line -> assertThat(line).isEqualTo("Invalid --set: seed (expected key=value)"),
                                line -> assertThat(line).isEqualTo("Invalid --set: ..=1 (expected key=value)"),
                                line -> assertThat(line).startsWith("Cannot parse settings: --set: ")));
    }

    @Test
    void directoryGivenAsAFileIsRefused() {
        assertThatThrownBy(() -> Settings.load(List.of(directory.toString()), List.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Cannot read settings " + directory + ": ");
    }

    @Test
    void unknownFileSystemIsRefused() {
        assertThatThrownBy(() -> Settings.load(List.of("s4a://bucket/x.conf"), List.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot read settings s4a://bucket/x.conf: No FileSystem for scheme \"s4a\"");
    }

    @Test
    void keysReadAreKnown() {
        Settings settings = Settings.withDefaults();
        settings.section("manifest.columns").text("uri");
        settings.root().wholeNumber("seed", 0, 99);

        assertThat(settings.readKeys()).containsExactlyInAnyOrder("manifest.columns.uri", "seed");
        assertThat(settings.keys())
                .contains("seed", "manifest.split", "manifest.columns.uri")
                .doesNotContain("manifest", "manifest.columns");
    }

    @Test
    void effectiveSettingsCanBeReadAgain() throws IOException {
        Settings settings = Settings.load(List.of(), List.of("seed=9", "manifest.columns.uri=a \"b\" #c"));
        String again = file("effective.conf", settings.effective());

        Settings reread = Settings.load(List.of(again), List.of());

        reread.check();
        assertThat(reread.effective()).isEqualTo(settings.effective());
        assertThat(reread.section("manifest.columns").text("uri")).isEqualTo("a \"b\" #c");
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }
}
