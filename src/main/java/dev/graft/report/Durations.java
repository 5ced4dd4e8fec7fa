package dev.graft.report;

import java.time.Duration;
import java.util.Locale;

/** Durations as people say them. */
final class Durations {
    private Durations() {}

    /** Such as {@code 1 h 05 min} or {@code 42 s}. */
    static String text(Duration duration) {
        if (duration.toHours() > 0) {
            return String.format(Locale.ROOT, "%d h %02d min", duration.toHours(), duration.toMinutesPart());
        }
        return duration.toMinutes() > 0
                ? String.format(Locale.ROOT, "%d min %02d s", duration.toMinutes(), duration.toSecondsPart())
                : duration.toSeconds() + " s";
    }
}
