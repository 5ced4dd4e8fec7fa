package dev.graft.report;

import dev.graft.evaluate.Comparison;
import dev.graft.evaluate.Metrics;
import dev.graft.forward.Accounting;
import dev.graft.manifest.ListingNote;
import dev.graft.publish.Provenance;
import dev.graft.settings.UriCredentials;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a run when it has ended: {@code run.json}.
 *
 * @param run the name of its directory: when it began, and a key of all that it depends on
 * @param model {@code REGISTRY/NAME}
 * @param reasons for the outcome, for people
 * @param listing what lies beside the images, where the run listed them
 * @param notes what the run decided, left out or warned of, a line each
 * @param accounting of every image
 * @param candidate the version that the run trained; empty where the data was refused
 * @param current the version that was current before the run; empty where there was none
 * @param metrics of the candidate on the test images; null where there is none, or there are no test images
 * @param comparison with the current model; null where there was none
 * @param history of the training, one JSON object on a line for each epoch
 * @param provenance of the candidate; null where there is none
 * @param settings the effective ones, HOCON
 */
public record RunRecord(
        String run,
        String model,
        Outcome outcome,
        List<String> reasons,
        Instant started,
        Instant finished,
        List<ListingNote> listing,
        List<String> notes,
        Accounting accounting,
        DataFindings data,
        String candidate,
        String current,
        @Nullable Metrics metrics,
        @Nullable Comparison comparison,
        String history,
        List<StageTime> stages,
        @Nullable Provenance provenance,
        String settings) {

    public RunRecord {
        requireAll(run, outcome, started, finished, accounting, data, candidate, current, history, settings);
        model = UriCredentials.redactedUri(model);
        reasons = reasons.stream().map(UriCredentials::redacted).toList();
        listing = listing == null ? List.of() : List.copyOf(listing); // records of older runs have none
        notes = notes == null
                ? List.of()
                : notes.stream().map(UriCredentials::redacted).toList();
        stages = List.copyOf(stages);
    }

    private static void requireAll(Object... parts) {
        for (Object part : parts) {
            Objects.requireNonNull(part, "a part is missing");
        }
    }

    /** From the first attempt's beginning, whatever interrupted it. */
    public Duration duration() {
        return Duration.between(started, finished);
    }
}
