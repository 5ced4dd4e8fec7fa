package dev.graft.cli;

import dev.graft.pipeline.Promote;
import picocli.CommandLine.Option;

/** Whether the version that a command trains becomes the current one. */
final class PromoteOption {
    @Option(
            names = "--promote",
            paramLabel = "WHEN",
            defaultValue = "always",
            description =
                    "When the new version becomes the current one: always (the default; a warning says if it is the"
                            + " worse of the two on the test images), rule (if promote.* in the settings have no objection, else"
                            + " exit code 3) or never.")
    private Promote promote = Promote.ALWAYS;

    Promote value() {
        return promote;
    }
}
