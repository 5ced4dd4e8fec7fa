package dev.graft.report;

import dev.graft.forward.Accounting;
import dev.graft.manifest.ListingNote;
import dev.graft.settings.UriCredentials;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The figures of a run in Prometheus' text format, for the text collector of its node exporter. */
public final class RunFigures {
    private static final String MODEL = "model";
    private static final String SUCCESS = "Whether the run came to its end.";
    private static final String PROMOTED = "Whether it promoted its candidate.";
    private static final String DURATION = "How long it took.";

    /** What a listing notes of images that are taken, or of the splits. */
    private static final Set<ListingNote.Kind> NOT_IGNORED = EnumSet.of(
            ListingNote.Kind.NESTED_SPLITS,
            ListingNote.Kind.SPLITS_WITHOUT_CLASSES,
            ListingNote.Kind.SPELLED_TWICE,
            ListingNote.Kind.GIVEN_SPLITS);

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final String model;

    private RunFigures(String model, Instant now) {
        this.model = UriCredentials.redactedUri(model);
        set("graft_run_timestamp_seconds", "When the run ended, since 1970.", now.getEpochSecond());
    }

    /**
     * The figures of a run that has come to its end, whether its candidate was promoted or not.
     *
     * @param now when that was
     */
    public static String ended(RunRecord run, Instant now) {
        RunFigures figures = new RunFigures(run.model(), now);
        figures.set("graft_run_success", SUCCESS, 1);
        figures.set("graft_run_promoted", PROMOTED, run.outcome() == Outcome.PROMOTED ? 1 : 0);
        figures.refused(run.outcome());
        figures.set("graft_run_duration_seconds", DURATION, run.duration().toMillis() / 1e3);
        figures.images(run.accounting());
        figures.toKnow(run.listing(), run.notes());
        figures.stages(run);
        if (run.metrics() != null) {
            figures.set(
                    "graft_candidate_accuracy",
                    "Of the candidate on the test images.",
                    run.metrics().accuracy());
            figures.set(
                    "graft_candidate_loss",
                    "Of the candidate on the test images.",
                    run.metrics().loss());
        }
        return figures.text();
    }

    /**
     * The figures of a night without work: it promoted nothing, whatever the run before it did, and what was refused
     * then still is.
     *
     * @param now when it ended
     */
    public static String nothingNew(Night.NothingNew night, Instant now) {
        RunFigures figures = new RunFigures(night.run().model(), now);
        figures.set("graft_run_success", SUCCESS, 1);
        figures.set("graft_run_promoted", PROMOTED, 0);
        figures.refused(night.run().outcome());
        figures.set("graft_run_duration_seconds", DURATION, night.duration().toMillis() / 1e3);
        figures.images(night.accounting());
        figures.toKnow(night.listing(), night.notes());
        return figures.text();
    }

    /** The figures of a run that failed. */
    public static String failed(String model, Instant now) {
        RunFigures figures = new RunFigures(model, now);
        figures.set("graft_run_success", SUCCESS, 0);
        return figures.text();
    }

    private void refused(Outcome outcome) {
        Gauge refused = gauge("graft_run_refused", "Whether the data, or the candidate, were refused.", "what");
        refused.labelValues(model, "data").set(outcome == Outcome.DATA_REFUSED ? 1 : 0);
        refused.labelValues(model, "candidate").set(outcome == Outcome.CANDIDATE_REFUSED ? 1 : 0);
    }

    private void toKnow(List<ListingNote> listing, List<String> notes) {
        set("graft_run_notes", "Notes and warnings of the run.", notes.size());
        set(
                "graft_images_ignored",
                "Files and folders in the directory of images that were ignored.",
                listing.stream()
                        .filter(note -> !NOT_IGNORED.contains(note.kind()))
                        .mapToLong(ListingNote::count)
                        .sum());
    }

    private void images(Accounting accounting) {
        Gauge images = gauge("graft_images", "Images of the manifest, by what became of them.", "outcome");
        images.labelValues(model, "written").set(accounting.written());
        images.labelValues(model, "reused").set(accounting.reused());
        images.labelValues(model, "rejected").set(accounting.rejected());
        set(
                "graft_images_timed_out",
                "Rejected images that took too long; the next run tries them again.",
                accounting.timedOut());
    }

    private void stages(RunRecord run) {
        Gauge stages = gauge("graft_stage_seconds", "How long a stage took.", "stage");
        run.stages().forEach(stage -> stages.labelValues(model, stage.stage()).set(stage.seconds()));
    }

    private void set(String name, String help, double value) {
        Gauge.builder()
                .name(name)
                .help(help)
                .labelNames(MODEL)
                .register(registry)
                .labelValues(model)
                .set(value);
    }

    private Gauge gauge(String name, String help, String label) {
        return Gauge.builder().name(name).help(help).labelNames(MODEL, label).register(registry);
    }

    private String text() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write figures", e);
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
