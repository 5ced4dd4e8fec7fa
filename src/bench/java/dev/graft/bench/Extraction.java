package dev.graft.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.io.FileUtils;

/**
 * JPEG files to feature store as a user does it: {@code submit/graft extract}, each time a process of its own with a
 * store of its own, which does not outlive it.
 *
 * @param name of this way to do it, in tables
 * @param sparkOptions what stands before the verb
 * @param base options that name the base
 * @param folder the photos
 * @param cores of the machine that all its processes have to share
 */
record Extraction(
        String name,
        List<String> sparkOptions,
        List<String> base,
        PhotoFolder folder,
        BenchSettings settings,
        int cores)
        implements Measured {
    private static final Duration WATCH_PERIOD = Duration.ofMillis(200);

    Extraction {
        sparkOptions = List.copyOf(sparkOptions);
        base = List.copyOf(base);
    }

    /** Images per second, Spark's start excluded. */
    @Override
    public double rate() throws IOException {
        return images() / run(process -> {}).seconds();
    }

    /** Each round is a process of its own. */
    @Override
    public boolean warmsUp() {
        return false;
    }

    int images() {
        return folder.photos().size();
    }

    /** @param watcher told about the process five times a second, while it runs */
    ExtractRun.Span run(Consumer<ProcessHandle> watcher) throws IOException {
        Path directory = Files.createTempDirectory(settings.work(), "extract-");
        try (ExtractRun run = ExtractRun.start(command(directory), directory.resolve("stdout.txt"))) {
            while (!run.hasEnded(WATCH_PERIOD)) {
                watcher.accept(run.handle());
            }
            return run.result(images());
        } finally {
            FileUtils.deleteDirectory(directory.toFile());
        }
    }

    private List<String> command(Path directory) {
        List<String> command = new ArrayList<>(List.of("taskset", "--cpu-list", "0-" + (cores - 1)));
        command.add(settings.root().resolve("submit/graft").toString());
        command.addAll(sparkOptions);
        command.add("extract");
        command.addAll(List.of("--manifest", folder.manifest().toString()));
        command.addAll(List.of("--out", directory.resolve("features").toString()));
        command.addAll(base);
        return command;
    }
}
