package dev.graft.report;

import dev.graft.manifest.ListingNote;
import dev.graft.settings.UriCredentials;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A night that has no run of its own, as the index of runs shows it.
 *
 * @param ended when it ended
 * @param images how many there were; below 0 where the night did not come so far
 * @param message what there is to say, a line
 * @param listing what lies beside the images, where the night listed them
 * @param notes what the night decided, left out or warned of, a line each
 */
public record NightRecord(
        Kind kind, Instant ended, long images, String message, List<ListingNote> listing, List<String> notes) {

    /** What became of it. */
    public enum Kind {
        /** There was no work. */
        NOTHING_NEW("nothing new"),
        /** It ended before its time. */
        FAILED("failed"),
        /** What it was given was refused before there was a run. */
        REFUSED("refused"),
        /** Somebody asked it to end. */
        INTERRUPTED("interrupted"),
        /** Another run was at work in the same place. */
        GAVE_WAY("gave way");

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
            return this == FAILED || this == REFUSED;
        }
    }

    public NightRecord {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(ended, "ended");
        message = UriCredentials.redacted(message);
        listing = listing == null ? List.of() : List.copyOf(listing); // records of older nights have neither
        notes = notes == null
                ? List.of()
                : notes.stream().map(UriCredentials::redacted).toList();
    }

    /** The notes and what lies beside the images, a line each. */
    List<String> toKnow() {
        return Stream.concat(notes.stream(), listing.stream().map(ListingNote::text))
                .toList();
    }
}
