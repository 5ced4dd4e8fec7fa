package dev.graft.retrain;

import dev.graft.averaging.Epoch;
import dev.graft.manifest.ListingNote;
import dev.graft.pipeline.RunLog;
import dev.graft.settings.UriCredentials;
import dev.graft.spark.Progress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A log of a night that also keeps its notes and warnings, and what lies beside its images, for the page: nobody sees a
 * terminal at night.
 */
public final class NightlyNotes implements RunLog {
    private final RunLog log;
    private final Set<String> kept = new LinkedHashSet<>();
    private final Set<String> ofStage = new LinkedHashSet<>();
    private List<ListingNote> listing = List.of();

    /** @param log told everything */
    public NightlyNotes(RunLog log) {
        this.log = log;
    }

    /** The log itself where it keeps notes, else one that does. */
    static NightlyNotes of(RunLog log) {
        return log instanceof NightlyNotes notes ? notes : new NightlyNotes(log);
    }

    /** Each once. */
    synchronized List<String> all() {
        return List.copyOf(kept);
    }

    /** What lies beside the images, once they are listed. */
    synchronized List<ListingNote> listing() {
        return listing;
    }

    @Override
    public synchronized void listed(List<ListingNote> found) {
        listing = List.copyOf(found);
        log.listed(found);
    }

    /** Begins a stage. */
    synchronized void begin() {
        ofStage.clear();
    }

    /** What the stage has noted that was begun last, be it known from before or not. */
    synchronized List<String> sinceBegin() {
        return List.copyOf(ofStage);
    }

    @Override
    public synchronized void note(String line) {
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
