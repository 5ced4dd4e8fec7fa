package dev.graft.pipeline;

import dev.graft.features.Progress;
import dev.graft.settings.UriCredentials;
import dev.graft.train.Epoch;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A log of a night that also keeps its notes and warnings for the page: nobody sees a terminal at night. */
final class NightlyNotes implements RunLog {
    private final RunLog log;
    private final Set<String> kept = new LinkedHashSet<>();
    private final Set<String> ofStage = new LinkedHashSet<>();

    NightlyNotes(RunLog log) {
        this.log = log;
    }

    /** Each once. */
    List<String> all() {
        return List.copyOf(kept);
    }

    /** Begins a stage. */
    void begin() {
        ofStage.clear();
    }

    /** What the stage has noted that was begun last, be it known from before or not. */
    List<String> sinceBegin() {
        return List.copyOf(ofStage);
    }

    @Override
    public void note(String line) {
        String shown = UriCredentials.redacted(line); // as it comes back from where a stage keeps it
        boolean isKept = shown.startsWith("Note: ") || shown.startsWith("Warning: ");
        if (isKept) {
            ofStage.add(shown);
        }
        if (!isKept || kept.add(shown)) {
            log.note(shown);
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
