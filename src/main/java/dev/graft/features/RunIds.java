package dev.graft.features;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/** Names of runs: sortable by time, and different even at the same time. */
final class RunIds {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);
    private static final int RANDOM_DIGITS = 6;

    private RunIds() {}

    static String next() {
        return TIME.format(Instant.now()) + "-" + UUID.randomUUID().toString().substring(0, RANDOM_DIGITS);
    }
}
