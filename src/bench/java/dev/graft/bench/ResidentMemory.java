package dev.graft.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resident memory of a process as Linux counts it.
 *
 * @param gb now
 * @param peakGb at most until now
 */
record ResidentMemory(double gb, double peakGb) {
    private static final Pattern NOW = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final double GB_PER_KIB = 1024 / 1e9;

    /** @throws IOException also when the process is gone */
    static ResidentMemory of(ProcessHandle process) throws IOException {
        Path file = Path.of("/proc", Long.toString(process.pid()), "status");
        String status = Files.readString(file, StandardCharsets.UTF_8);
        return new ResidentMemory(gb(NOW, status), gb(PEAK, status));
    }

    /** A process that has ended and is not yet buried has a status without memory. */
    private static double gb(Pattern field, String status) throws IOException {
        Matcher matcher = field.matcher(status);
        if (!matcher.find()) {
            throw new IOException("Cannot read memory: no line like " + field);
        }
        return Long.parseLong(matcher.group(1)) * GB_PER_KIB;
    }
}
