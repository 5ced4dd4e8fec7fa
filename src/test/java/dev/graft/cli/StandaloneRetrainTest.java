package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.TestSpark;
import dev.graft.drawn.DemoImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night on a standalone cluster, submitted as people submit it. */
@Tag("long")
class StandaloneRetrainTest {
    private final Path directory;

    StandaloneRetrainTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        assertThat(TestSpark.session().sparkContext().isStopped()).isFalse(); // what runs here runs on it
        DemoImages.write(directory.resolve("pictures"), 60, 9);
    }

    @Test
    void aNightEndsWellThoughAWorkerIsKilledHalfWay() throws Exception {
        Path conf = settings();
        try (StandaloneCluster cluster = new StandaloneCluster(directory)) {
            cluster.addWorker("2g", Files.createDirectories(directory.resolve("one")));
            Process second = cluster.addWorker("2g", Files.createDirectories(directory.resolve("two")));
            GraftProcess night = submit(cluster.master(), conf);
            try {
                night.awaitFeatures(directory.resolve("models/pets/features"), 2);
                kill(second);
                assertThat(night.end())
                        .contains("images 123 = written 120 + reused 0 + rejected 3")
                        .contains(" promoted " + directory.toUri() + "models/pets");
            } finally {
                night.kill();
            }
            assertThat(Files.readString(night.err())).contains("Lost executor");
        }
        assertThat(directory.resolve("models/pets/current")).exists();
        try (Stream<Path> versions = Files.list(directory.resolve("models/pets/versions"))) {
            assertThat(versions).hasSize(1);
        }
    }

    @Test
    void aNightWhoseClusterIsLostHasFailed() throws Exception {
        Path figures = directory.resolve("graft.prom");
        Path conf = settings("retrain.prometheus-file = \"" + figures + "\"");
        try (StandaloneCluster cluster = new StandaloneCluster(directory)) {
            cluster.addWorker("2g", Files.createDirectories(directory.resolve("one")));
            GraftProcess night = submit(cluster.master(), conf);
            try {
                night.awaitFeatures(directory.resolve("models/pets/features"), 1);
                cluster.close();
                assertThat(night.process().waitFor(5, TimeUnit.MINUTES)).isTrue();
            } finally {
                night.kill();
            }
            assertThat(night.process().exitValue()).isEqualTo(1);
            List<String> said = Files.readAllLines(night.err());
            assertThat(said.get(said.size() - 1))
                    .isEqualTo("graft: Cannot go on: no Spark master answers at " + cluster.master()
                            + " (look whether it runs, and at --master); what is committed is kept, run the same command"
                            + " again to go on");
            assertThat(said).noneMatch(line -> line.startsWith("\tat "));
        }
        assertThat(Files.readString(figures))
                .contains("graft_run_success{model=\"" + directory.toUri() + "models/pets\"} 0.0");
    }

    private Path settings(String... more) throws IOException {
        return Files.writeString(
                directory.resolve("night.conf"),
                """
                base { input = 64, cut = block3 }
                head.epochs = 5
                extract { shard-images = 20, task-images = 5 }
                retrain { images = "%s", model = "%s" }
                """.formatted(directory.resolve("pictures").toUri(), directory.toUri() + "models/pets")
                        + String.join("\n", more));
    }

    private GraftProcess submit(String master, Path conf) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of("submit", "graft").toAbsolutePath().toString()));
        command.addAll(List.of("--master", master, "--executor-memory", "1g", "--driver-memory", "1g"));
        List.of(
                        "spark.driver.host=127.0.0.1",
                        "spark.ui.enabled=false",
                        "spark.sql.shuffle.partitions=4",
                        "spark.executor.extraJavaOptions=" + String.join(" ", GraftProcess.SHORT_LIVED))
                .forEach(property -> command.addAll(List.of("--conf", property)));
        command.addAll(List.of("retrain", "--conf", conf.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("SPARK_SUBMIT_OPTS", String.join(" ", GraftProcess.SHORT_LIVED));
        return GraftProcess.of(directory, builder);
    }

    /** A host that is gone: the worker and what it started. */
    private static void kill(Process worker) {
        List<ProcessHandle> executors;
        try (Stream<ProcessHandle> started = worker.descendants()) {
            executors = started.toList();
        }
        assertThat(executors).as("executors of the worker").isNotEmpty();
        worker.destroyForcibly();
        executors.forEach(ProcessHandle::destroyForcibly);
    }
}
