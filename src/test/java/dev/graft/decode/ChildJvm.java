package dev.graft.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Java whose heap is all there from the start: only the rest of its memory can grow. */
final class ChildJvm {
    private static final Path STATUS = Path.of("/proc/self/status");

    private ChildJvm() {}

    /** Whether a process can tell its memory here. */
    static boolean knowsItsMemory() {
        return Files.exists(STATUS);
    }

    /** Bytes of memory that this process has, to be asked in the child. */
    static long residentBytes() throws IOException {
        return status("VmRSS:");
    }

    /** The most bytes of memory that this process ever had, to be asked in the child. */
    static long mostResidentBytes() throws IOException {
        return status("VmHWM:");
    }

    private static long status(String name) throws IOException {
        for (String line : Files.readAllLines(STATUS)) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
            }
        }
        throw new IllegalStateException("no " + name + " in " + STATUS);
    }

    /** Runs a main class to its end, which must come in time and be a good one. */
    static void run(Class<?> main, String heap, int minutes, Path folder, String... arguments)
            throws IOException, InterruptedException {
        run(Map.of(), main, heap, minutes, folder, arguments);
    }

    /** The same, with a C library that ends the process when its heap is damaged. */
    static void runWithMallocChecks(Class<?> main, String heap, int minutes, Path folder, String... arguments)
            throws IOException, InterruptedException {
        Map<String, String> checks = Map.of("MALLOC_CHECK_", "3", "LD_PRELOAD", "libc_malloc_debug.so.0");
        run(checks, main, heap, minutes, folder, arguments);
    }

    private static void run(
            Map<String, String> environment, Class<?> main, String heap, int minutes, Path folder, String... arguments)
            throws IOException, InterruptedException {
        Path errors = folder.resolve("errors");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms" + heap,
                "-Xmx" + heap,
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(minutes, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).as("ended in time").isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    }
}
