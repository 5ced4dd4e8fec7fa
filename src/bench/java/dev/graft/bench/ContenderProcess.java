package dev.graft.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A contender's JVM as the benchmark sees it: idle until told to compute, gone when closed. */
final class ContenderProcess implements Measured, AutoCloseable {
    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(30);
    private static final Duration EXIT_LIMIT = Duration.ofSeconds(20);
    private static final int TAIL_LINES = 20;

    private final String name;
    private final Process process;
    private final Writer commands;
    private final Path directory;
    /** Lines of standard output; an empty one when it has ended. */
    private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();

    private ContenderProcess(String name, Process process, Path directory) {
        this.name = name;
        this.process = process;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.directory = directory;
    }

    /**
     * Starts a contender and waits until it is made.
     *
     * @param work where it runs and its log and output go, in a directory of its own
     */
    static ContenderProcess start(ContenderLaunch launch, Path work) throws IOException {
        Path directory = Files.createTempDirectory(work, "contender-");
        ProcessBuilder builder = new ProcessBuilder(command(launch))
                .directory(directory.toFile())
                .redirectError(log(directory).toFile());
        builder.environment().putAll(launch.environment());
        ContenderProcess contender = new ContenderProcess(launch.name(), builder.start(), directory);
        Thread reader = new Thread(contender::readAnswers, "answers of " + launch.name());
        reader.setDaemon(true);
        reader.start();
        try {
            contender.answer();
        } catch (BenchmarkException e) {
            contender.close();
            throw e;
        }
        return contender;
    }

    private static List<String> command(ContenderLaunch launch) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(launch.javaOptions());
        command.addAll(List.of("-cp", launch.classPath(), ContenderMain.class.getName()));
        command.add(launch.contender().getName());
        command.addAll(launch.arguments());
        return command;
    }

    private static Path log(Path directory) {
        return directory.resolve("stderr.log");
    }

    private void readAnswers() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(ContenderMain.DONE)) { // native libraries may print lines of their own
                    answers.add(Optional.of(line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the answers of " + name, e);
        } finally {
            answers.add(Optional.empty());
        }
    }

    @Override
    public String name() {
        return name;
    }

    long pid() {
        return process.pid();
    }

    /** What the contender computes on the shared input. */
    float[] output() throws IOException {
        Path file = directory.resolve("output");
        ask(ContenderMain.OUTPUT + file);
        return FloatFile.read(file);
    }

    /** Has the contender do one round; returns items per second. */
    @Override
    public double rate() {
        String[] words = ask(ContenderMain.ROUND).split(" ", -1);
        double items = Double.parseDouble(words[1]);
        double seconds = Long.parseLong(words[2]) / 1e9;
        return items / seconds;
    }

    private String ask(String command) {
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new BenchmarkException("Cannot reach contender " + name + ": it is gone" + tail(), e);
        }
        return answer();
    }

    private String answer() {
        try {
            Optional<String> answer = answers.poll(ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (answer == null) {
                throw new BenchmarkException("Cannot measure " + name + ": no answer within " + ANSWER_LIMIT.toMinutes()
                        + " minutes" + tail());
            }
            return answer.orElseThrow(() -> new BenchmarkException("Cannot measure " + name + ": it died" + tail()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkException("Cannot measure " + name + ": interrupted", e);
        }
    }

    private String tail() {
        try {
            String log = Files.readString(log(directory), StandardCharsets.UTF_8);
            List<String> lines = log.lines().toList();
            return ". The last it said:\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return ", and what it said cannot be read: " + e.getMessage();
        }
    }

    /** Ends the JVM: by the end of its input, by force if that takes too long. */
    @Override
    public void close() {
        try {
            commands.close();
            if (!process.waitFor(EXIT_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
