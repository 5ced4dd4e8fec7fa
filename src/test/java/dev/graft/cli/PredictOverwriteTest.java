package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Predictions never take the place of what they are made of. */
class PredictOverwriteTest {
    private final Path directory;

    PredictOverwriteTest(@TempDir Path directory) throws IOException {
        this.directory = directory.toRealPath();
        assertThat(TestSpark.session().sparkContext().isStopped()).isFalse(); // what runs here runs on it
    }

    @ParameterizedTest
    @CsvSource({
        "data/m.parquet, data/m.parquet",
        "data/m.parquet, data/m.parquet/more",
        "data/m.parquet, data",
        "data/m.parquet, data/../data/m.parquet",
        "data/m.parquet, link",
        "data/m.parquet, models/pets",
        "data/m.parquet, models",
        "data/m.parquet, models/pets/versions",
    })
    void refusesToReplaceWhatItReads(String manifest, String out) throws IOException {
        Path table = Files.createDirectories(directory.resolve(manifest));
        Files.createDirectories(directory.resolve("models/pets/versions"));
        Files.writeString(table.resolve("_SUCCESS"), "");
        Files.createSymbolicLink(directory.resolve("link"), table);

        Cli run = Cli.run(
                "predict",
                "--model",
                path("models/pets"),
                "--manifest",
                path(manifest),
                "--out",
                path(out),
                "--overwrite");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err())
                .contains("Cannot write predictions to " + path(out) + ": it is, holds or lies in ")
                .contains("which is read (choose another place)");
        assertThat(table.resolve("_SUCCESS")).exists();
    }

    @ParameterizedTest
    @CsvSource({"data/m.parquet2", "models/pets2"})
    void placesBesideAreFree(String out) {
        Cli run = Cli.run(
                "predict", "--model", path("models/pets"), "--manifest", path("data/m.parquet"), "--out", path(out));

        assertThat(run.err()).contains("Cannot open model ").doesNotContain("which is read");
    }

    private String path(String name) {
        return directory + "/" + name;
    }
}
