package dev.graft.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
