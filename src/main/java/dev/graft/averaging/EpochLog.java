package dev.graft.averaging;

/** Told what a training does as it goes on. */
@FunctionalInterface
public interface EpochLog {
    /** An epoch has ended. */
    void epoch(Epoch epoch);

    /** A line on what was decided. */
    default void note(String line) {}
}
