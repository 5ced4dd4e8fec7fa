package dev.graft.report;

import dev.graft.settings.UriCredentials;
import java.time.Instant;
import java.util.Objects;

/**
 * A night that has no run of its own, as the index of runs shows it.
 *
 * @param ended when it ended
 * @param images how many there were; below 0 where the night did not come so far
 * @param message what there is to say, a line
 */
public record NightRecord(Kind kind, Instant ended, long images, String message) {

    /** What became of it. */
    public enum Kind {
        /** There was no work. */
        NOTHING_NEW,
        /** It ended before its time. */
        FAILED
    }

    public NightRecord {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(ended, "ended");
        message = UriCredentials.redacted(message);
    }
}
