package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.TestSpark;
import dev.graft.drawn.DemoImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graft in the POSIX locale, as cron starts it, where Java takes names of files to be ASCII. */
class LocaleTest {
    private static final Map<String, String> POSIX = Map.of("LC_ALL", "POSIX");
    private static final String REASON =
            " is not ASCII, and file names are ANSI_X3.4-1968 in this JVM, not UTF-8; start it"
                    + " with LC_ALL=C.UTF-8, and executors with --conf spark.executorEnv.LC_ALL=C.UTF-8";

    private final Path directory;
    private final Path pictures;

    LocaleTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.pictures = directory.resolve("pictures");
        DemoImages.write(pictures, 5, 0);
    }

    private GraftProcess graft(String... arguments) throws IOException {
        return GraftProcess.startIn(directory, POSIX, "local[1]", arguments);
    }

    @Test
    void namesThatItCannotSayAreRefusedWhereImagesAreListed() throws Exception {
        Files.writeString(pictures.resolve("cat/M\u00fcller.jpg"), "a picture");

        GraftProcess manifest = graft("manifest", pictures.toString(), "--out", directory + "/m.csv");

        assertThat(manifest.exitCode()).isEqualTo(2);
        assertThat(manifest.err())
                .content()
                .contains("graft: Cannot list file:" + pictures + "/cat: a name in it" + REASON);
        assertThat(directory.resolve("m.csv")).doesNotExist();
    }

    @Test
    @Tag("long")
    void classesThatItCannotSayAreRefused() throws Exception {
        Files.createDirectory(pictures.resolve("L\u00f6we"));

        GraftProcess manifest = graft("manifest", pictures.toString(), "--out", directory + "/m.csv");

        assertThat(manifest.exitCode()).isEqualTo(2);
        assertThat(manifest.err())
                .content()
                .contains("graft: Cannot list file:" + pictures + ": a name in it" + REASON);
    }

    @Test
    @Tag("long")
    void imagesWhoseNamesItCannotSayAreRejectedWithTheRemedy() throws Exception {
        Path picture = pictures.resolve("cat/M\u00fcller.jpg");
        Files.writeString(picture, "a picture");
        String manifest = directory + "/m.csv";
        assertThat(TestSpark.session().sparkContext().isStopped()).isFalse(); // what runs here runs on it
        assertThat(Cli.run("manifest", pictures.toString(), "--out", manifest).exitCode())
                .isZero();

        GraftProcess extract = graft("extract", "--manifest", manifest, "--out", directory + "/store", "--input", "64");

        assertThat(extract.exitCode()).as(Files.readString(extract.err())).isEqualTo(3);
        assertThat(extract.out()).content().contains("images 14 = written 10 + reused 0 + rejected 4");
        assertThat(extract.err())
                .content()
                .contains("rejected 1: unreadable, such as file:" + pictures + "/cat/M")
                .contains("(the name" + REASON + ")");
    }
}
