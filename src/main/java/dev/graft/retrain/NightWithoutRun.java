package dev.graft.retrain;

import dev.graft.pipeline.Stages;
import dev.graft.report.FailurePage;
import dev.graft.report.NightRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.hadoop.conf.Configuration;

/** A night that has no run of its own: it leaves a record, a row of the index, and a page where a row cannot say it all. */
public final class NightWithoutRun {
    private final String model;
    private final String settings;
    private final NightlyNotes notes;
    private final Runs runs;

    /** @param notes of the night */
    public NightWithoutRun(Stages stages, Configuration hadoop, NightlyNotes notes) {
        this.model = stages.retrain().requiredModel();
        this.settings = stages.settings().effective();
        this.notes = notes;
        this.runs = new Runs(model, hadoop, notes::note);
    }

    /**
     * Leaves them.
     *
     * @param images how many there were; below 0 where the night did not come so far
     * @param message what is said of it
     */
    public void note(NightRecord.Kind kind, long images, String message) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        NightRecord first = record(kind, now, images, message);
        runs.write(first); // before all else: whoever is asked to end may come no further
        Past past = runs.past(); // notes what cannot be read
        NightRecord night = record(kind, now, images, message);
        if (!night.equals(first)) {
            runs.write(night);
        }
        if (kind.hasPage()) {
            runs.write(night, FailurePage.html(model, night, settings));
        }
        runs.writeIndex(past.with(night));
    }

    /** Leaves the record alone, whose row the next run writes that ends. */
    public void record(NightRecord.Kind kind, String message) {
        runs.write(record(kind, Instant.now().truncatedTo(ChronoUnit.SECONDS), -1, message));
    }

    private NightRecord record(NightRecord.Kind kind, Instant now, long images, String message) {
        return new NightRecord(kind, now, images, message, notes.listing(), notes.all());
    }
}
