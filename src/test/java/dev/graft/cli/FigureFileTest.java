package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureFileTest {
    private static final String BEFORE = "graft_run_success 1.0\n";
    private static final String NOW = "graft_run_success 0.0\n";

    private final Path file;
    private final Path unfinished;

    FigureFileTest(@TempDir Path directory) throws IOException {
        this.file = Files.writeString(directory.resolve("graft.prom"), BEFORE);
        this.unfinished = directory.resolve(".graft.prom.unfinished");
    }

    /** Writes the figures, and gives what standard error got. */
    private String write() {
        PrintStream realErr = System.err;
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            new FigureFile(file).write(NOW);
            return err.toString(StandardCharsets.UTF_8);
        } finally {
            System.setErr(realErr);
        }
    }

    private String cannotWrite() {
        return "Cannot write " + file + " (retrain.prometheus-file): java.nio.file.FileSystemException: " + unfinished
                + ": Is a directory";
    }

    @Test
    void figuresTakeThePlaceOfThoseBefore() throws IOException {
        Files.writeString(unfinished, "half of what a killed run wr");
        assertThat(write()).isEmpty();
        assertThat(file).hasContent(NOW);
        assertThat(unfinished).doesNotExist();
    }

    @Test
    void whereTheyCannotBeWrittenThoseOfAnEarlierRunAreRemovedAndThatIsSaid() throws IOException {
        Files.createDirectory(unfinished);
        assertThat(write()).isEqualTo(cannotWrite() + "; the figures of an earlier run were removed\n");
        assertThat(file).doesNotExist();
        Files.createDirectory(unfinished);
        assertThat(write()).isEqualTo(cannotWrite() + "\n");
    }

    @Test
    void figuresOfAnEarlierRunThatCannotBeRemovedAreSaidToBeThere() throws IOException {
        Files.createDirectories(unfinished.resolve("full"));
        assertThat(write()).isEqualTo(cannotWrite() + "; those of an earlier run are still there\n");
        assertThat(file).hasContent(BEFORE);
    }
}
