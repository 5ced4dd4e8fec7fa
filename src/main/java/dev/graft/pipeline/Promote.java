package dev.graft.pipeline;

/** When a version that somebody trained by hand becomes the current one of its model. */
public enum Promote {
    /** Whatever it is like; where the version before was better on the same test images, a warning says so. */
    ALWAYS,
    /** Where the rule of the nightly run has no objection, {@code promote.*} in the settings. */
    RULE,
    /** When somebody promotes it. */
    NEVER
}
