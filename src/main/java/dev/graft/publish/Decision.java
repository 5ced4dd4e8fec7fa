package dev.graft.publish;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Locale;

/**
 * What became of a version of a model, and why.
 *
 * @param version the version that this is about
 * @param previous the version that was current before; empty where there was none
 * @param reason for people, one line
 */
public record Decision(String version, Kind kind, String previous, Instant time, String reason) {

    /** What can become of a version. */
    public enum Kind {
        /** It became the current one. */
        @JsonProperty("promoted")
        PROMOTED,
        /** It is kept, and did not become the current one. */
        @JsonProperty("refused")
        REFUSED,
        /** It became the current one again, in place of a later one. */
        @JsonProperty("rolled-back")
        ROLLED_BACK;

        /** As people and files name it. */
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
