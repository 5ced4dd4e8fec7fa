package dev.graft.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/** What the benchmark ran on, and when. */
record Machine(int cores, String cpu, double memoryGb, String java, String os, String date) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final double BYTES_PER_GB = 1e9;

    static Machine here() throws IOException {
        long memory =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                cpuModel(),
                Math.round(memory / BYTES_PER_GB * 10) / 10.0,
                System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static String cpuModel() throws IOException {
        if (!Files.isReadable(CPU_INFO)) {
            return "unknown";
        }
        List<String> lines = Files.readAllLines(CPU_INFO, StandardCharsets.UTF_8);
        return model(lines.stream());
    }

    private static String model(Stream<String> lines) {
        return lines.filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .orElse("unknown");
    }

    /** One line for the head of the table. */
    String text() {
        return cores + " cores of " + cpu + ", " + memoryGb + " GB, " + java + ", " + os + ", " + date;
    }
}
