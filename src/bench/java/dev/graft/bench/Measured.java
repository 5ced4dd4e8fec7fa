package dev.graft.bench;

import java.io.IOException;

/** Someone who takes turns in an {@link Alternation}. */
interface Measured {
    /** What tables and messages call it. */
    String name();

    /** Does one round; returns items per second. */
    double rate() throws IOException;

    /** Whether a first round makes the next ones faster. */
    default boolean warmsUp() {
        return true;
    }
}
