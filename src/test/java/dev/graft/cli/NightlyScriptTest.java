package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code submit/nightly.sh} beside a {@code submit/graft} that ends with the codes it is told, one after another. */
class NightlyScriptTest {
    private final Path root;
    private final Path calls;

    NightlyScriptTest(@TempDir Path root) throws IOException {
        this.root = root;
        this.calls = root.resolve("calls");
        Path submit = Files.createDirectories(root.resolve("submit"));
        Files.copy(Path.of("submit/nightly.sh"), submit.resolve("nightly.sh"));
        Files.writeString(submit.resolve("graft"), """
                #!/usr/bin/env bash
                echo "$*" >>"$CALLS"
                codes=($CODES)
                code=${codes[$(wc -l <"$CALLS") - 1]}
                echo "it ends with $code"
                exit "$code"
                """);
        for (String script : List.of("graft", "nightly.sh")) {
            Files.setPosixFilePermissions(submit.resolve(script), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private int night(String codes) throws IOException, InterruptedException {
        ProcessBuilder night = new ProcessBuilder(
                        root.resolve("submit/nightly.sh").toString(), "--set", "seed=1")
                .redirectOutput(root.resolve("out").toFile())
                .redirectError(root.resolve("err").toFile());
        night.environment().putAll(Map.of("CALLS", calls.toString(), "CODES", codes));
        return night.start().waitFor();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3, 4, 52, 130})
    void whatTryingAgainDoesNotMendIsNotTriedAgain(int code) throws Exception {
        assertThat(night(code + " 0")).isEqualTo(code);
        assertThat(calls).content().isEqualTo("retrain --conf " + root + "/conf/nightly.conf --set seed=1\n");
        assertThat(root.resolve("err")).content().hasLineCount(code == 0 ? 0 : 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 134, 137, 143})
    void aRunThatFailedOrWasKilledIsStartedOnceMore(int code) throws Exception {
        assertThat(night(code + " 0")).isZero();
        assertThat(Files.readAllLines(calls)).hasSize(2);
        assertThat(root.resolve("err")).isEmptyFile();
    }

    @Test
    void oneThatFailsTwiceIsGivenUp() throws Exception {
        assertThat(night("137 1")).isEqualTo(1);
        assertThat(Files.readAllLines(calls)).hasSize(2);
        assertThat(Files.readString(root.resolve("err")))
                .matches("graft retrain ended with exit code 1; see " + root + "/logs/retrain-[0-9-]+\\.log\n"
                        + "it ends with 137\nThe run ended with exit code 137 and is started once more\n"
                        + "it ends with 1\n");
    }
}
