package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.TestSpark;
import dev.graft.drawn.DemoImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors that believe to have two GPUs, since a discovery script says so. */
@Tag("long")
class GpuSchedulingTest {
    private final Path directory;
    private final Map<String, String> twoGpus;

    GpuSchedulingTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        assertThat(TestSpark.session().sparkContext().isStopped()).isFalse(); // what runs here runs on it
        Path script = Files.writeString(directory.resolve("discovery"), """
                #!/bin/sh
                echo '{"name": "gpu", "addresses": ["0", "1"]}'
                """);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        twoGpus = Map.of(
                "spark.executor.memory", "1g",
                "spark.executor.cores", "4",
                "spark.worker.resource.gpu.amount", "2",
                "spark.worker.resource.gpu.discoveryScript", script.toString(),
                "spark.executor.resource.gpu.amount", "2",
                "spark.executor.resource.gpu.discoveryScript", script.toString());
    }

    @Test
    void stagesWithANetworkTakeAGpuForEachTaskAndOthersACore() throws Exception {
        List<String> command = new ArrayList<>(GraftProcess.java());
        command.addAll(List.of(
                "-Dspark.master=local-cluster[1,4,1024]",
                "-Dspark.ui.enabled=false",
                "-Dspark.driver.host=127.0.0.1",
                "-Dspark.executor.extraClassPath=" + GraftProcess.CLASS_PATH));
        twoGpus.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-cp", GraftProcess.CLASS_PATH, "dev.graft.forward.GpuSlotsProbe"));
        GraftProcess probe = GraftProcess.of(directory, new ProcessBuilder(command));
        String out = probe.end();
        assertThat(out.lines())
                .containsExactly(
                        "plain: GPUs [-1], cores [1], at most 4 at a time",
                        "network: GPUs [0, 1], cores [2], at most 2 at a time",
                        "network on network: GPUs [0, 1], cores [2], at most 2 at a time");
    }

    @Test
    void aGpuThatThisBuildCannotUseIsAnErrorThatSaysSo() throws Exception {
        DemoImages.write(directory.resolve("pictures"), 5, 9);
        String manifest = directory.resolve("pictures.csv").toString();
        assertThat(Cli.run("manifest", directory.resolve("pictures").toString(), "--out", manifest)
                        .exitCode())
                .isZero();
        GraftProcess graft = GraftProcess.start(
                directory,
                "local-cluster[1,4,1024]",
                twoGpus,
                "extract",
                "--manifest",
                manifest,
                "--input",
                "64",
                "--out",
                directory.resolve("store").toString());
        try {
            assertThat(graft.process().waitFor(3, TimeUnit.MINUTES)).isTrue();
            assertThat(Files.readString(graft.err()))
                    .containsPattern(
                            "graft: Cannot use GPU [01]: this build of Graft runs on the CPU \\(build it with mvn"
                                    + " -Pcuda, or ask Spark for no GPUs");
            assertThat(graft.process().exitValue()).isEqualTo(2);
        } finally {
            graft.kill();
        }
    }
}
