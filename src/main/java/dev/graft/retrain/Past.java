package dev.graft.retrain;

import dev.graft.report.NightRecord;
import dev.graft.report.RunRecord;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the index of a model's runs shows: those that have ended, and the nights without a run, the latest first.
 *
 * @param allRuns how many there are in all, shown or not
 * @param allNights likewise
 */
record Past(List<RunRecord> runs, List<NightRecord> nights, int allRuns, int allNights) {
    /** How many runs, and nights, are read: a year of each. */
    static final int MOST = 366;

    /** The same, and a run that ends now. */
    Past with(RunRecord run) {
        return new Past(Stream.concat(Stream.of(run), runs.stream()).toList(), nights, allRuns, allNights);
    }

    /** The same, and a night that ends now, in place of what is known of it already. */
    Past with(NightRecord night) {
        Stream<NightRecord> others = nights.stream()
                .filter(other -> other.kind() != night.kind() || !other.ended().equals(night.ended()));
        return new Past(runs, Stream.concat(Stream.of(night), others).toList(), allRuns, allNights);
    }

    /** What is said of those that are not shown; empty where all are. */
    String left() {
        String latest = Stream.of(latest(allRuns, "runs"), latest(allNights, "nights without a run"))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" and "));
        return latest.isEmpty() ? "" : "Only " + latest + " are shown; the files of the others lie beside this page.";
    }

    private static Optional<String> latest(int all, String what) {
        return all <= MOST
                ? Optional.empty()
                : Optional.of(String.format(Locale.ROOT, "the latest %d of %,d %s", MOST, all, what));
    }
}
