package dev.graft.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of {@code submit/graft extract}, and when it extracted: as it says itself. */
final class ExtractRun implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofHours(1);
    private static final Duration EXIT_LIMIT = Duration.ofSeconds(20);
    private static final int TAIL_LINES = 20;
    /** The last line of progress: from the first shard's start to the last one's commit. */
    private static final Pattern FINISHED = Pattern.compile("Extract features: \\d+ of \\d+ images in ([0-9.]+) s, .*");

    private final long start = System.nanoTime();
    private final Process process;
    private final Path output;
    private final CompletableFuture<Void> errors;
    private final Deque<String> lastErrors = new ArrayDeque<>();
    private volatile Optional<Span> span = Optional.empty();

    /**
     * The time in which features were extracted; Spark's start, the manifest and the accounts are outside.
     *
     * @param start {@link System#nanoTime} of its start
     * @param before seconds of the process until then
     * @param after seconds of the process from its end on
     */
    record Span(long start, double seconds, double before, double after) {
        private static final double NANOS = 1e9;

        static Span endingNow(double seconds, long processStart) {
            long start = System.nanoTime() - Math.round(seconds * NANOS);
            return new Span(start, seconds, (start - processStart) / NANOS, 0);
        }

        Span ofProcessThatEnded(long time) {
            return new Span(start, seconds, before, (time - after(1)) / NANOS);
        }

        /** {@link System#nanoTime} when a share of it was over. */
        long after(double share) {
            return start + Math.round(share * seconds * NANOS);
        }
    }

    private ExtractRun(Process process, Path output) {
        this.process = process;
        this.output = output;
        this.errors = CompletableFuture.runAsync(this::readErrors);
    }

    /** @param output file for what it prints */
    static ExtractRun start(List<String> command, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(output.toFile());
        builder.environment().put("GRAFT_PROGRESS", "lines");
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy)); // for a benchmark that is stopped itself
        return new ExtractRun(process, output);
    }

    private void readErrors() {
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher finished = FINISHED.matcher(line);
                if (finished.matches()) {
                    span = Optional.of(Span.endingNow(Double.parseDouble(finished.group(1)), start));
                }
                keep(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read what graft says", e);
        }
    }

    private synchronized void keep(String line) {
        lastErrors.add(line);
        if (lastErrors.size() > TAIL_LINES) {
            lastErrors.remove();
        }
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Waits a while for its end; whether it has come. */
    boolean hasEnded(Duration wait) {
        if (System.nanoTime() - start > LIMIT.toNanos()) {
            throw failure("no end within " + LIMIT.toMinutes() + " minutes");
        }
        return ends(wait);
    }

    private boolean ends(Duration wait) {
        try {
            return process.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new BenchmarkException("Cannot extract features: interrupted", e);
        }
    }

    /**
     * What a run that has ended took, provided that all went well.
     *
     * @param images how many features must have been written
     */
    Span result(int images) throws IOException {
        long ended = System.nanoTime();
        errors.join();
        if (process.exitValue() != 0) {
            throw failure("exit code " + process.exitValue());
        }
        String wanted = "images " + images + " = written " + images + " + reused 0 + rejected 0";
        List<String> printed = Files.readAllLines(output, StandardCharsets.UTF_8);
        if (!printed.contains(wanted)) {
            throw failure("it printed \"" + String.join("\n", printed) + "\" and not \"" + wanted + "\"");
        }
        return span.orElseThrow(() -> failure("it does not say how long it took"))
                .ofProcessThatEnded(ended);
    }

    private synchronized BenchmarkException failure(String reason) {
        return new BenchmarkException(
                "Cannot extract features: " + reason + ". The last it said:\n" + String.join("\n", lastErrors));
    }

    /** Ends it if it has not ended, and with it the executors that it started. */
    @Override
    public void close() {
        List<ProcessHandle> executors = process.descendants().toList();
        process.destroy();
        if (!ends(EXIT_LIMIT)) {
            process.destroyForcibly();
        }
        executors.forEach(ProcessHandle::destroyForcibly);
    }
}
