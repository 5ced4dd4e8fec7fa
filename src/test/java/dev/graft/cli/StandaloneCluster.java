package dev.graft.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Spark standalone Master and its Workers on loopback, each a process of its own. */
final class StandaloneCluster implements AutoCloseable {
    private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://127\\.0\\.0\\.1:[0-9]+)");
    private static final Pattern REGISTERED = Pattern.compile("Successfully registered with master ([^\n]+)\n");
    private static final long LIMIT_SECONDS = 60;

    private final Path directory;
    private final List<Process> processes = new ArrayList<>();
    private final String master;

    /** Starts the master; it has no workers yet. */
    StandaloneCluster(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        Path log = start("master", Map.of(), "org.apache.spark.deploy.master.Master", "--port", "0");
        this.master = await(processes.get(0), log, MASTER);
    }

    /** What {@code --master} takes. */
    String master() {
        return master;
    }

    /**
     * Adds a worker of one core, and waits until the master has it.
     *
     * @param localDirectory where its executors write what does not fit into memory
     */
    Process addWorker(String memory, Path localDirectory) throws IOException, InterruptedException {
        String name = "worker-" + processes.size();
        Path log = start(
                name,
                Map.of("SPARK_LOCAL_DIRS", localDirectory.toString()),
                "org.apache.spark.deploy.worker.Worker",
                "--cores",
                "1",
                "--memory",
                memory,
                "--work-dir",
                directory.resolve(name).toString(),
                master);
        Process worker = processes.get(processes.size() - 1);
        await(worker, log, REGISTERED);
        return worker;
    }

    private Path start(String name, Map<String, String> environment, String main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(GraftProcess.java());
        command.add("-Xmx256m");
        command.addAll(List.of("-cp", GraftProcess.CLASS_PATH, main, "--host", "127.0.0.1", "--webui-port", "0"));
        command.addAll(List.of(arguments));
        Path log = directory.resolve(name + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        processes.add(builder.start());
        return log;
    }

    private String await(Process process, Path log, Pattern words) throws IOException, InterruptedException {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (true) {
            Matcher said = words.matcher(Files.readString(log));
            if (said.find()) {
                return said.group(1);
            }
            if (!process.isAlive() || System.nanoTime() > limit) {
                close();
                throw new IOException("it did not say " + words + ": " + Files.readString(log));
            }
            Thread.sleep(50);
        }
    }

    /** Ends what was started, workers first, with what they started. */
    @Override
    public void close() {
        for (int i = processes.size() - 1; i >= 0; i--) {
            List<ProcessHandle> started;
            try (Stream<ProcessHandle> children = processes.get(i).descendants()) {
                started = children.toList();
            }
            processes.get(i).destroyForcibly();
            started.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
