package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.TestSpark;
import dev.graft.drawn.DemoImages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk that a verb writes to is full: it ends with one line that names the place. */
@Tag("long")
class FullOutputTest {
    private static final String REMEDY =
            " (free some, where the output goes or in spark.local.dir); what is committed is"
                    + " kept, run the same command again to go on";

    private final Path directory;
    private final Path disk;
    private SmallDisk mounted;

    FullOutputTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.disk = directory.resolve("disk");
        assertThat(TestSpark.session().sparkContext().isStopped()).isFalse(); // what runs here runs on it
        DemoImages.write(directory.resolve("pictures"), 10, 9);
    }

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        mounted = SmallDisk.mount(disk, "200k");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        if (mounted != null) {
            mounted.close();
        }
    }

    private void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(disk.resolve("filler"))) {
            while (true) {
                out.write(0);
            }
        } catch (IOException full) {
            assertThat(full).hasMessage("No space left on device");
        }
    }

    @Test
    void everyVerbSaysSoInOneLine() throws IOException {
        String pictures = directory.resolve("pictures").toString();
        String manifest = directory.resolve("pictures.csv").toString();
        String features = directory.resolve("features").toString();
        String model = directory.resolve("models/pets").toString();
        String[] small = {"--set", "base.input=64", "--set", "base.cut=block3", "--set", "decode.max-rejected-share=0.2"
        };
        assertThat(Cli.run("manifest", pictures, "--out", manifest).exitCode()).isZero();
        assertThat(Cli.run(with(small, "train", "--manifest", manifest, "--features", features, "--out", model))
                        .exitCode())
                .isZero();
        fill();
        Cli manifested =
                Cli.run("manifest", pictures, "--out", disk.resolve("m.csv").toString());
        Cli extracted = Cli.run(with(small, "extract", "--manifest", manifest, "--out", disk + "/store"));
        Cli trained =
                Cli.run(with(small, "train", "--manifest", manifest, "--features", features, "--out", disk + "/pets"));
        Cli predicted = Cli.run(
                with(small, "predict", "--model", model, "--manifest", manifest, "--out", disk + "/predictions"));
        says(manifested, "Cannot write file:" + disk + "/m\\.csv: No space left on device");
        says(
                extracted,
                "Cannot write file:" + disk + "/store/\\w+/_fingerprint\\.json\\.\\S+: No space left on device");
        says(trained, "Cannot write " + disk + "/\\S+/epoch-000001\\.checkpoint: No space left on device");
        says(predicted, "Cannot write file:" + disk + "/\\._predictions\\.lock\\.\\S+: No space left on device");
    }

    private static void says(Cli ended, String pattern) {
        assertThat(ended.err().lines().toList()).last().asString().matches("graft: " + pattern + Pattern.quote(REMEDY));
        assertThat(ended.err()).doesNotContain("Exception", "\tat ");
        assertThat(ended.exitCode()).isEqualTo(1);
    }

    private static String[] with(String[] options, String... command) {
        String[] all = Arrays.copyOf(command, command.length + options.length);
        System.arraycopy(options, 0, all, command.length, options.length);
        return all;
    }
}
