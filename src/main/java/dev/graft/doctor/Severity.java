package dev.graft.doctor;

import java.util.Locale;

/** What a finding means for a run. */
enum Severity {
    OK,
    /** The run works, but slower or closer to a limit than it should. */
    WARNING,
    /** The run would fail. */
    FAILURE;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
