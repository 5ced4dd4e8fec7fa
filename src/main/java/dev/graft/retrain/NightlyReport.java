package dev.graft.retrain;

import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.xxhash64;

import dev.graft.features.FeatureColumns;
import dev.graft.forward.Accounting;
import dev.graft.manifest.ManifestColumns;
import dev.graft.manifest.Split;
import dev.graft.manifest.Tables;
import dev.graft.pipeline.AgainstCurrent;
import dev.graft.pipeline.Candidate;
import dev.graft.pipeline.Evaluation;
import dev.graft.pipeline.RunContext;
import dev.graft.predict.PredictionColumns;
import dev.graft.publish.ModelDescription;
import dev.graft.publish.ModelReader;
import dev.graft.report.DataFindings;
import dev.graft.report.Gallery;
import dev.graft.report.Outcome;
import dev.graft.report.Picture;
import dev.graft.report.RunPage;
import dev.graft.report.RunRecord;
import dev.graft.report.Thumbnails;
import dev.graft.retrain.NightlyModels.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Ends a night: its page, the index of all pages, and last of all its record. */
final class NightlyReport {
    private static final String PAGE = "report.html";
    private static final List<String> STAGES = List.of("extract", "check", "head", "fine-tune", "evaluate", "decide");
    private static final int SAMPLES = 12;
    private static final int MISTAKES = 24;
    private static final int EPOCHS = 9;

    private final NightlyNotes notes;
    private final RunContext run;
    private final Runs runs;
    private final RunDirectory night;
    private final RunStages stages;
    private final NightlyImages images;
    private final Begun begun;

    /** What the first attempt found: when the run began, and what it extracted. */
    private record Begun(Instant started, Accounting accounting) {}

    NightlyReport(
            RunContext run, Runs runs, RunDirectory night, RunStages stages, NightlyImages images, NightlyNotes notes) {
        this.notes = notes;
        this.run = run;
        this.runs = runs;
        this.night = night;
        this.stages = stages;
        this.images = images;
        Instant started = Instant.now().minusMillis(Math.round(images.seconds() * 1000));
        this.begun = stages.first(
                "extract",
                Begun.class,
                images.seconds(),
                images.accounting().images(),
                new Begun(started, images.accounting()));
    }

    /** Ends a night on which nothing was trained. */
    RunRecord refused(DataFindings data, Optional<String> current) {
        Verdict verdict = new Verdict(Outcome.DATA_REFUSED, data.objections());
        return end(data, null, new Evaluation(current.orElse(""), null, null), verdict);
    }

    RunRecord decided(DataFindings data, Candidate candidate, Evaluation evaluation, Verdict verdict) {
        return end(data, candidate, evaluation, verdict);
    }

    private RunRecord end(DataFindings data, @Nullable Candidate candidate, Evaluation evaluation, Verdict verdict) {
        @Nullable
        ModelDescription description = candidate == null
                ? null
                : new ModelReader(run.hadoop()).open(candidate.uri()).description();
        Past past = runs.past(); // notes what cannot be read
        RunRecord record = new RunRecord(
                night.name(),
                run.stages().retrain().requiredModel(),
                verdict.outcome(),
                verdict.reasons(),
                begun.started(),
                Instant.now(),
                images.listing(),
                notes.all(),
                begun.accounting(),
                data,
                candidate == null ? "" : candidate.version(),
                evaluation.current(),
                evaluation.metrics(),
                evaluation.comparison(),
                description == null ? "" : Objects.requireNonNullElse(description.history(), ""),
                night.times(STAGES),
                description == null ? null : description.provenance(),
                run.stages().settings().effective());
        night.write(PAGE, utf8(RunPage.html(record, gallery(data, evaluation))));
        stages.requireHeld();
        runs.writeIndex(past.with(record));
        night.end(record);
        run.log().say("report " + night.uri(PAGE));
        return record;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Gallery gallery(DataFindings data, Evaluation evaluation) {
        Thumbnails thumbnails = new Thumbnails(run.stages().decode(), run.hadoop());
        List<Picture> samples = samples(thumbnails);
        return new Gallery(
                samples,
                augmented(thumbnails, samples),
                evaluation.metrics() == null ? List.of() : mistakes(thumbnails),
                suspects(thumbnails, data),
                duplicates(thumbnails, data));
    }

    private List<Picture> samples(Thumbnails thumbnails) {
        Dataset<Row> drawn = Split.TRAIN
                .of(images.index())
                .where(col(FeatureColumns.CONTENT_SHA256).isNotNull())
                .orderBy(xxhash64(col(FeatureColumns.CONTENT_SHA256)))
                .select(ManifestColumns.URI, ManifestColumns.LABEL)
                .limit(SAMPLES);
        return drawn.collectAsList().stream()
                .map(row -> thumbnails.picture(row.getString(0), row.getString(1)))
                .toList();
    }

    private List<Picture> augmented(Thumbnails thumbnails, List<Picture> samples) {
        boolean isUsed =
                run.stages().extract().views() > 1 || run.stages().retrain().fineTune();
        return !isUsed || run.stages().augment().isEmpty() || samples.isEmpty()
                ? List.of()
                : thumbnails.augmented(samples.get(0).detail(), run.stages().augment(), EPOCHS);
    }

    private List<Picture> mistakes(Thumbnails thumbnails) {
        String confidence = "confidence";
        Dataset<Row> worst = Tables.read(run.spark(), night.uri(AgainstCurrent.PREDICTIONS))
                .where(col(PredictionColumns.LABEL).notEqual(col(PredictionColumns.PREDICTION)))
                .select(
                        col(PredictionColumns.URI),
                        col(PredictionColumns.LABEL),
                        col(PredictionColumns.PREDICTION),
                        array_max(col(PredictionColumns.PROBABILITIES)).as(confidence))
                .orderBy(desc(confidence), col(PredictionColumns.URI))
                .limit(MISTAKES);
        return worst.collectAsList().stream()
                .map(row -> thumbnails.picture(
                        row.getString(0), contradiction(row.getString(1), row.getString(2), row.getFloat(3))))
                .toList();
    }

    private static List<Picture> suspects(Thumbnails thumbnails, DataFindings data) {
        return data.additions() == null
                ? List.of()
                : data.additions().suspects().stream()
                        .map(suspect -> thumbnails.picture(
                                suspect.uri(),
                                contradiction(suspect.label(), suspect.prediction(), suspect.probability())))
                        .toList();
    }

    private static String contradiction(String label, String prediction, double probability) {
        return String.format(Locale.ROOT, "%s, predicted %s (%.0f %%)", label, prediction, 100 * probability);
    }

    private static List<Picture> duplicates(Thumbnails thumbnails, DataFindings data) {
        List<Picture> pictures = new ArrayList<>();
        data.nearDuplicates().examples().forEach(pair -> {
            String similarity = String.format(Locale.ROOT, "%.4f", pair.similarity());
            pictures.add(thumbnails.picture(pair.first(), "test, " + similarity));
            pictures.add(thumbnails.picture(pair.second(), "training"));
        });
        return pictures;
    }
}
