package dev.graft.report;

/** How a run ended. */
public enum Outcome {
    /** The candidate is the current model now. */
    PROMOTED,
    /** The candidate is kept and not current: it is worse than the current model. */
    CANDIDATE_REFUSED,
    /** Nothing was trained: the data did not pass its checks. */
    DATA_REFUSED
}
