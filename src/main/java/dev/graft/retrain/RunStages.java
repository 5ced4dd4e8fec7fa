package dev.graft.retrain;

import dev.graft.pipeline.RunLock;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The stages of one run: each is done once, and skipped by whoever goes on with the run after it was interrupted. */
final class RunStages {
    private final RunDirectory night;
    private final RunLock lock;
    private final NightlyNotes notes;

    RunStages(RunDirectory night, RunLock lock, NightlyNotes notes) {
        this.night = night;
        this.lock = lock;
        this.notes = notes;
    }

    /**
     * Gives what a stage gave before, or does it.
     *
     * @param images that it works on; 0 where that is not what it does
     */
    <T> T once(String stage, Class<T> type, long images, Supplier<T> work) {
        return once(stage, type, images, work, before -> true);
    }

    /**
     * The same, but does it again where what it gave no longer holds.
     *
     * @param holds whether it does
     */
    <T> T once(String stage, Class<T> type, long images, Supplier<T> work, Predicate<T> holds) {
        Optional<T> before = night.outcome(stage, type).filter(holds);
        if (before.isPresent()) {
            notes.note(stage + ": done before");
            night.notes(stage).forEach(notes::note);
            return before.get();
        }
        lock.requireHeld();
        notes.begin();
        long start = System.nanoTime();
        T outcome = work.get();
        double seconds = (System.nanoTime() - start) / 1e9;
        lock.requireHeld();
        night.keep(stage, outcome, seconds, images, notes.sinceBegin());
        notes.note(String.format(Locale.ROOT, "%s: done in %.1f s", stage, seconds));
        return outcome;
    }

    /** Refuses to go on when another run has taken this one for dead. */
    void requireHeld() {
        lock.requireHeld();
    }

    /** Keeps what a stage gave and noted that is done anew by each attempt, unless an earlier attempt has. */
    <T> T first(String stage, Class<T> type, double seconds, long images, T outcome) {
        Optional<T> before = night.outcome(stage, type);
        if (before.isEmpty()) {
            night.keep(stage, outcome, seconds, images, notes.all());
        }
        night.notes(stage).forEach(notes::note);
        return before.orElse(outcome);
    }
}
