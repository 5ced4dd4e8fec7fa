package dev.graft.pipeline;

import dev.graft.report.NightRecord;
import dev.graft.report.RunRecord;
import java.util.List;
import java.util.stream.Stream;

/** What the index of a model's runs shows: those that have ended, and the nights without a run, the latest first. */
record Past(List<RunRecord> runs, List<NightRecord> nights) {

    /** The same, and a run that ends now. */
    Past with(RunRecord run) {
        return new Past(Stream.concat(Stream.of(run), runs.stream()).toList(), nights);
    }

    /** The same, and a night that ends now, in place of what is known of it already. */
    Past with(NightRecord night) {
        Stream<NightRecord> others = nights.stream()
                .filter(other -> other.kind() != night.kind() || !other.ended().equals(night.ended()));
        return new Past(runs, Stream.concat(Stream.of(night), others).toList());
    }
}
