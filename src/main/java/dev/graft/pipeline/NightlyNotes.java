package dev.graft.pipeline;

import dev.graft.features.Progress;
import dev.graft.train.Epoch;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A log of a night that also keeps its notes and warnings for the page: nobody sees a terminal at night. */
final class NightlyNotes implements RunLog {
    private final RunLog log;
    private final Set<String> kept = new LinkedHashSet<>();

    NightlyNotes(RunLog log) {
        this.log = log;
    }

    /** Each once. */
    List<String> all() {
        return List.copyOf(kept);
    }

    @Override
    public void note(String line) {
        boolean isKept = line.startsWith("Note: ") || line.startsWith("Warning: ");
        if (!isKept || kept.add(line)) {
            log.note(line);
        }
    }

    @Override
    public void say(String line) {
        log.say(line);
    }

    @Override
    public void epoch(Epoch epoch) {
        log.epoch(epoch);
    }

    @Override
    public Progress progress() {
        return log.progress();
    }
}
