package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.pipeline.Stages;
import dev.graft.retrain.NightlyNotes;
import dev.graft.settings.DataGateException;
import dev.graft.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NightWatchTest {
    private final Path runs;
    private final NightWatch watch;

    NightWatchTest(@TempDir Path directory) {
        this.runs = directory.resolve("pets/runs");
        Settings settings = Settings.load(List.of(), List.of("retrain.model=" + directory.toUri() + "pets"));
        this.watch = new NightWatch(Stages.from(settings), new NightlyNotes(new TrainingLog(false)));
    }

    private String index() throws IOException {
        return Files.readString(runs.resolve("index.html"));
    }

    @Test
    void aNightWhoseJvmEndsFirstHasOneRow() throws IOException {
        assertThatThrownBy(() -> watch.over(() -> {
                    watch.atShutdown();
                    throw new IllegalStateException("Spark has stopped");
                }))
                .hasMessage("Spark has stopped");
        assertThat(index())
                .containsOnlyOnce(">failed</td>")
                .contains("the program ended before the night did; its log says why")
                .doesNotContain("Spark has stopped");
    }

    @Test
    void aNightThatFailedHasOneRow() throws IOException {
        assertThatThrownBy(() -> watch.over(() -> {
                    throw new DataGateException("Labels look alike");
                }))
                .hasMessage("Labels look alike");
        watch.atShutdown();
        assertThat(index()).containsOnlyOnce(">refused</td>").contains("Labels look alike");
        try (var nights = Files.list(runs.resolve("nights"))) {
            assertThat(nights).as("a record and a page").hasSize(2);
        }
    }
}
