package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command line in a JVM of its own.
 *
 * @param out what it prints on standard output
 * @param err what it prints on standard error
 */
record GraftProcess(Process process, Path out, Path err) {
    private static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    private static final long LIMIT_MINUTES = 5;

    /** @param directory for what it prints */
    static GraftProcess start(Path directory, String master, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(System.getProperty("graft.test.modules", "").strip().split("\\s+")));
        command.removeIf(String::isEmpty);
        command.addAll(List.of(
                "-Djava.awt.headless=true",
                "-Dspark.master=" + master,
                "-Dspark.ui.enabled=false",
                "-Dspark.driver.host=127.0.0.1",
                "-Dspark.sql.shuffle.partitions=4",
                "-Dspark.executor.extraClassPath=" + CLASS_PATH,
                "-Dspark.executorEnv.OMP_NUM_THREADS=1",
                "-cp",
                CLASS_PATH,
                Graft.class.getName()));
        command.addAll(List.of(arguments));
        Path out = directory.resolve("out.txt");
        Path err = directory.resolve("err.txt");
        return new GraftProcess(
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start(),
                out,
                err);
    }

    /** Waits for a good end and returns standard output. */
    String end() throws IOException, InterruptedException {
        boolean ended = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).as("ended in time").isTrue();
        assertThat(process.exitValue()).as(Files.readString(err)).isZero();
        return Files.readString(out);
    }

    /** Waits until it says something on standard error. */
    void awaitSaid(String words) throws IOException, InterruptedException {
        while (process.isAlive() && !Files.readString(err).contains(words)) {
            Thread.sleep(20);
        }
    }
}
