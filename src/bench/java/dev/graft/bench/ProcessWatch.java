package dev.graft.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Watches the memory of the driver of a run of Spark, or of its one executor. */
final class ProcessWatch {
    private static final String EXECUTOR = "org.apache.spark.executor.CoarseGrainedExecutorBackend";

    private final boolean ofExecutor;
    private final NavigableMap<Long, ResidentMemory> samples = new TreeMap<>();
    private Optional<ProcessHandle> watched = Optional.empty();

    private ProcessWatch(boolean ofExecutor) {
        this.ofExecutor = ofExecutor;
    }

    static ProcessWatch ofDriver() {
        return new ProcessWatch(false);
    }

    static ProcessWatch ofExecutor() {
        return new ProcessWatch(true);
    }

    /** Takes a sample, if what is watched has started and has not ended. */
    void look(ProcessHandle driver) {
        if (watched.isEmpty()) {
            watched = ofExecutor
                    ? driver.descendants().filter(ProcessWatch::isExecutor).findAny()
                    : Optional.of(driver);
        }
        if (watched.isPresent()) {
            try {
                samples.put(System.nanoTime(), ResidentMemory.of(watched.get()));
            } catch (IOException e) {
                // It has just ended.
            }
        }
    }

    private static boolean isExecutor(ProcessHandle process) {
        Path commandLine = Path.of("/proc", Long.toString(process.pid()), "cmdline");
        try {
            return Files.readString(commandLine, StandardCharsets.UTF_8).contains(EXECUTOR);
        } catch (IOException e) {
            return false; // it has just ended
        }
    }

    /** What the last sample of all says. */
    ResidentMemory last() {
        return at(Long.MAX_VALUE);
    }

    /** What the last sample until a time says, a {@link System#nanoTime}. */
    ResidentMemory at(long time) {
        Map.Entry<Long, ResidentMemory> sample = samples.floorEntry(time);
        if (sample == null) {
            throw new BenchmarkException("Cannot tell what a process takes: none was seen");
        }
        return sample.getValue();
    }
}
