package dev.graft.bench;

import java.io.IOException;
import java.util.Set;

/** A part of the benchmark. */
interface Suite {
    /** The keys of its results, as {@code --only} takes them. */
    Set<String> keys();

    /** Whether a run has it without being asked for by key. */
    default boolean isUsual() {
        return true;
    }

    /** Measures what the settings want of its keys, and reports it. */
    void run(Report report) throws IOException;
}
