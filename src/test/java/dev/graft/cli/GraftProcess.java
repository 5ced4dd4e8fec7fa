package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A command line in a JVM of its own.
 *
 * @param out what it prints on standard output
 * @param err what it prints on standard error
 */
record GraftProcess(Process process, Path out, Path err) {
    static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    private static final long LIMIT_MINUTES = 5;

    /** @param directory for what it prints */
    static GraftProcess start(Path directory, String master, String... arguments) throws IOException {
        return start(directory, master, Map.of(), arguments);
    }

    /**
     * @param directory for what it prints
     * @param heap of this JVM, such as {@code 1g}
     */
    static GraftProcess startWithHeap(Path directory, String heap, String master, String... arguments)
            throws IOException {
        List<String> java = new ArrayList<>(java());
        java.add("-Xmx" + heap);
        return start(directory, java, master, Map.of(), arguments);
    }

    /**
     * @param directory for what it prints
     * @param properties of Spark
     */
    static GraftProcess start(Path directory, String master, Map<String, String> properties, String... arguments)
            throws IOException {
        return start(directory, java(), master, properties, arguments);
    }

    /**
     * Starts a JVM that runs several command lines, one after another on one session, while they end well.
     *
     * @param directory for what it prints
     * @param properties of Spark
     */
    static GraftProcess startSeveral(
            Path directory, String master, Map<String, String> properties, List<String[]> commandLines)
            throws IOException {
        List<String> command =
                command(java(), SeveralRuns.class, master, properties, SeveralRuns.arguments(commandLines));
        return of(directory, new ProcessBuilder(command));
    }

    /**
     * Starts it with an environment that differs from this one.
     *
     * @param directory for what it prints
     */
    static GraftProcess startIn(Path directory, Map<String, String> environment, String master, String... arguments)
            throws IOException {
        ProcessBuilder command = new ProcessBuilder(command(java(), Graft.class, master, Map.of(), arguments));
        command.environment().putAll(environment);
        return of(directory, command);
    }

    private static GraftProcess start(
            Path directory, List<String> java, String master, Map<String, String> properties, String... arguments)
            throws IOException {
        return of(directory, new ProcessBuilder(command(java, Graft.class, master, properties, arguments)));
    }

    private static List<String> command(
            List<String> java, Class<?> main, String master, Map<String, String> properties, String... arguments) {
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of(
                "-Djava.awt.headless=true",
                "-Dorg.bytedeco.javacpp.logger=slf4j", // as submit/graft has it
                "-Dlog4j2.configurationFile="
                        + Path.of("conf/log4j2.properties").toAbsolutePath(),
                "-Dspark.master=" + master,
                "-Dspark.ui.enabled=false",
                "-Dspark.driver.host=127.0.0.1",
                "-Dspark.sql.shuffle.partitions=4",
                "-Dspark.executor.extraClassPath=" + CLASS_PATH,
                "-Dspark.executor.extraJavaOptions=" + String.join(" ", SHORT_LIVED),
                "-Dspark.executorEnv.OMP_NUM_THREADS=1"));
        properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-cp", CLASS_PATH, main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** @param directory for what it prints */
    static GraftProcess of(Path directory, ProcessBuilder command) throws IOException {
        Path out = directory.resolve("out.txt");
        Path err = directory.resolve("err.txt");
        return new GraftProcess(
                command.redirectOutput(out.toFile()).redirectError(err.toFile()).start(), out, err);
    }

    /** Such JVMs live for a few seconds, in which the second compiler costs more than it gains. */
    static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /** This Java, with what Spark needs of it. */
    static List<String> java() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(System.getProperty("graft.test.modules", "").strip().split("\\s+")));
        command.removeIf(String::isEmpty);
        command.addAll(SHORT_LIVED);
        return command;
    }

    /** Waits for a good end and returns standard output. */
    String end() throws IOException, InterruptedException {
        assertThat(exitCode()).as(Files.readString(err)).isZero();
        return Files.readString(out);
    }

    /** Waits until it ends, well or not. */
    int exitCode() throws IOException, InterruptedException {
        boolean ended = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
        kill();
        assertThat(ended).as("ended in time: " + Files.readString(err)).isTrue();
        return process.exitValue();
    }

    /** Waits until it says something on standard error. */
    void awaitSaid(String words) throws IOException, InterruptedException {
        await(words, () -> Files.readString(err).contains(words));
    }

    /** Waits until an extraction has committed so many files of features to a store on the local disk. */
    void awaitFeatures(Path store, int files) throws IOException, InterruptedException {
        await(files + " files of features", () -> filesOfFeatures(store) >= files);
    }

    /** How many files of features a store on the local disk has. */
    static int filesOfFeatures(Path store) throws IOException {
        int count = 0;
        if (Files.isDirectory(store)) {
            try (DirectoryStream<Path> fingerprints = Files.newDirectoryStream(store)) {
                for (Path fingerprint : fingerprints) {
                    try (Stream<Path> files = Files.list(fingerprint)) {
                        count += (int) files.filter(file -> file.toString().endsWith(".parquet"))
                                .count();
                    }
                }
            }
        }
        return count;
    }

    /** Waits until something is so. */
    void await(String what, Condition condition) throws IOException, InterruptedException {
        long limit = System.nanoTime() + TimeUnit.MINUTES.toNanos(LIMIT_MINUTES);
        while (!condition.holds()) {
            if (!process.isAlive() || System.nanoTime() > limit) {
                kill();
                throw new AssertionError("Waited for " + what + " in vain: " + Files.readString(err));
            }
            Thread.sleep(20);
        }
    }

    /** Something to wait for. */
    interface Condition {
        boolean holds() throws IOException;
    }

    /** Kills one of the JVMs that it started. */
    void killAnExecutor() {
        ProcessHandle executor = process.descendants()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow();
        assertThat(executor.destroyForcibly()).isTrue();
    }

    /** Kills it and every process that it started. */
    void kill() throws InterruptedException {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroyForcibly().waitFor();
        started.forEach(ProcessHandle::destroyForcibly);
    }
}
