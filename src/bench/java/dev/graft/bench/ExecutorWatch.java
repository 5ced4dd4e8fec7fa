package dev.graft.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Watches the memory of the one executor of a run of Spark. */
final class ExecutorWatch {
    private static final String EXECUTOR = "org.apache.spark.executor.CoarseGrainedExecutorBackend";

    private Optional<ProcessHandle> executor = Optional.empty();
    private final NavigableMap<Long, ResidentMemory> samples = new TreeMap<>();

    /** Takes a sample, if the executor has started and has not ended. */
    void look(ProcessHandle driver) {
        if (executor.isEmpty()) {
            executor = driver.descendants().filter(ExecutorWatch::isExecutor).findAny();
        }
        if (executor.isPresent()) {
            try {
                samples.put(System.nanoTime(), ResidentMemory.of(executor.get()));
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
            throw new BenchmarkException("Cannot tell what an executor takes: none was seen");
        }
        return sample.getValue();
    }
}
