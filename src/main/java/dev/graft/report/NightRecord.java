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
        NOTHING_NEW("nothing new"),
        /** It ended before its time. */
        FAILED("failed"),
        /** What it was given was refused before there was a run. */
        REFUSED("refused");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }

        /** Whether there is more to say than a row can. */
        public boolean hasPage() {
            return this != NOTHING_NEW;
        }
    }

    public NightRecord {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(ended, "ended");
        message = UriCredentials.redacted(message);
    }
}
