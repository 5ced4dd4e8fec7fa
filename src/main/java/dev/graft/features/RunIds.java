package dev.graft.features;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;

/** Names of runs: sortable by time, and different even at the same time. */
final class RunIds {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    private static final int SECOND_DIGITS = 15;
    private static final int RANDOM_DIGITS = 6;

    private RunIds() {}

    /**
     * The name of a run that begins now. It sorts after those of earlier runs, also where the clock of the host that they
     * ran on is ahead of this one's.
     *
     * @param latest the last of the earlier runs
     */
    static String next(Optional<String> latest) {
        String now = at(Instant.now());
        return latest.filter(earlier -> earlier.compareTo(now) >= 0)
                .flatMap(RunIds::secondOf)
                .map(second -> at(second.plusSeconds(1)))
                .orElse(now);
    }

    private static String at(Instant time) {
        return TIME.format(time) + "-" + UUID.randomUUID().toString().substring(0, RANDOM_DIGITS);
    }

    private static Optional<Instant> secondOf(String run) {
        try {
            String second = run.substring(0, Math.min(run.length(), SECOND_DIGITS));
            return Optional.of(LocalDateTime.parse(second, SECOND).toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
