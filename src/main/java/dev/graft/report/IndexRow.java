package dev.graft.report;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A row of the index of runs.
 *
 * @param page its own page, beside the index; empty where it has none
 * @param outcome in a word or two
 * @param mark how it is shown: good, bad or soft
 * @param toKnow what else there is to know, a line each, where no page says it
 */
public record IndexRow(
        Instant ended,
        String page,
        String outcome,
        String mark,
        String accuracy,
        String images,
        String why,
        List<String> toKnow) {
    private static final String NONE = "-";

    /** A run that has come to its end. */
    public static IndexRow of(RunRecord run) {
        boolean promoted = run.outcome() == Outcome.PROMOTED;
        return new IndexRow(
                run.finished(),
                run.run() + "/report.html",
                promoted ? "promoted" : "refused",
                promoted ? "good" : "bad",
                run.metrics() == null
                        ? NONE
                        : String.format(Locale.ROOT, "%.4f", run.metrics().accuracy()),
                count(run.accounting().images()),
                String.join("; ", run.reasons()),
                List.of());
    }

    /**
     * A night without a run.
     *
     * @param page empty where it has none
     */
    public static IndexRow of(NightRecord night, String page) {
        return new IndexRow(
                night.ended(),
                page,
                night.kind().words(),
                mark(night.kind()),
                NONE,
                night.images() < 0 ? NONE : count(night.images()),
                night.message(),
                page.isEmpty() ? night.toKnow() : List.of());
    }

    private static String mark(NightRecord.Kind kind) {
        return switch (kind) {
            case FAILED, REFUSED, INTERRUPTED -> "bad";
            case NOTHING_NEW, GAVE_WAY -> "soft";
        };
    }

    private static String count(long images) {
        return String.format(Locale.ROOT, "%,d", images);
    }
}
