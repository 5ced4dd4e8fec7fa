package dev.graft.retrain;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import dev.graft.evaluate.ClassChanges;
import dev.graft.evaluate.ShareDistance;
import dev.graft.features.FeatureColumns;
import dev.graft.features.FeatureProfile;
import dev.graft.features.NearDuplicateSearch;
import dev.graft.features.NearDuplicates;
import dev.graft.forward.RejectColumns;
import dev.graft.manifest.ImageCounts;
import dev.graft.manifest.ManifestColumns;
import dev.graft.manifest.Split;
import dev.graft.manifest.Tables;
import dev.graft.pipeline.CheckSettings;
import dev.graft.pipeline.Contents;
import dev.graft.pipeline.ModelScores;
import dev.graft.pipeline.OpenedModel;
import dev.graft.pipeline.RunContext;
import dev.graft.predict.PredictionColumns;
import dev.graft.report.DataFindings;
import dev.graft.report.DataFindings.Additions;
import dev.graft.report.DataFindings.Drift;
import dev.graft.report.DataFindings.Reject;
import dev.graft.report.DataFindings.Rejects;
import dev.graft.report.DataFindings.SharedContents;
import dev.graft.report.DataFindings.Suspect;
import dev.graft.report.RunJson;
import dev.graft.report.RunRecord;
import dev.graft.settings.ShownText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Looks at the images of a night before anything is trained on them. */
final class DataChecks {
    /** Where the features of the training images lie. */
    private static final String PROFILE = "profile.json";

    private static final String ADDITIONS = "predictions-additions";
    private static final String OLD_CONTENT = "old_content";
    private static final String OLD_LABELS = "old_labels";
    private static final String OLD_SPLITS = "old_splits";
    private static final int EXAMPLES = 12;
    private static final int MOST_MOVED = 3;

    private final RunContext run;
    private final CheckSettings settings;
    private final NightlyImages images;
    private final RunDirectory night;
    private final Dataset<Row> index;
    private final Contents contents;
    private final DataGate gate;

    DataChecks(RunContext run, NightlyImages images, RunDirectory night) {
        this.run = run;
        this.settings = run.stages().checks();
        this.images = images;
        this.night = night;
        this.index = Tables.read(run.spark(), night.uri(NightlyImages.IMAGES));
        this.contents = new Contents(index);
        this.gate = new DataGate(
                settings, run.stages().promotion(), run.stages().decode().maxRejectedShare());
    }

    /** The run that trained the current model, and that model. */
    record Promoted(RunRecord record, RunDirectory directory, OpenedModel model) {}

    /**
     * Looks at the data.
     *
     * @param promoted empty where no run has trained the current model
     * @param labels the current model's; empty where there is no current model
     */
    DataFindings find(Optional<Promoted> promoted, Optional<List<String>> labels) {
        SparkSession spark = run.spark();
        spark.sparkContext().setJobDescription("Check the data");
        try {
            ImageCounts counts = images.decoded();
            @Nullable
            ClassChanges classes = labels.map(before -> ClassChanges.between(before, counts.labels()))
                    .orElse(null);
            DataFindings unseen = notLookedAt(counts, rejects(), classes);
            List<String> untrainable = untrainable(unseen);
            return untrainable.isEmpty() ? lookedAt(counts, unseen, promoted) : unseen.with(untrainable);
        } finally {
            spark.sparkContext().setJobDescription(null);
        }
    }

    /** Where too few images can be read, or a class has none, the others say little. */
    private List<String> untrainable(DataFindings unseen) {
        List<String> objections = new ArrayList<>(gate.rejected(images.accounting()));
        objections.addAll(images.inputs().training().objections(unseen.images()));
        if (!objections.isEmpty()) {
            objections.addAll(gate.lostClasses(unseen));
        }
        return objections;
    }

    private DataFindings lookedAt(ImageCounts counts, DataFindings unseen, Optional<Promoted> promoted) {
        Dataset<Row> examples = images.examples();
        NearDuplicates near = new NearDuplicateSearch(
                        settings.nearDuplicateSimilarity(), settings.nearDuplicateImages())
                .across(Split.TEST.of(examples), Split.TRAIN.of(examples));
        FeatureProfile profile = FeatureProfile.of(Split.TRAIN.of(examples));
        night.write(PROFILE, RunJson.write(profile));
        @Nullable
        Drift drift = promoted.map(before -> drift(counts, profile, before)).orElse(null);
        @Nullable
        Additions additions =
                promoted.flatMap(before -> additions(examples, before)).orElse(null);
        Contents.leak(Split.VALIDATION, contents.shared(Split.VALIDATION, counts.count(Split.VALIDATION)))
                .ifPresent(run.log()::note);
        DataFindings found = new DataFindings(
                counts,
                unseen.rejects(),
                contents.shared(Split.TEST, counts.count(Split.TEST)),
                near,
                unseen.classes(),
                contents.ambiguous(counts.total()),
                drift,
                additions,
                List.of());
        return found.with(gate.objections(found));
    }

    private static DataFindings notLookedAt(ImageCounts counts, Rejects rejects, @Nullable ClassChanges classes) {
        return new DataFindings(
                counts,
                rejects,
                new SharedContents(counts.count(Split.TEST), 0, List.of()),
                new NearDuplicates(0, 0, List.of()),
                classes,
                null,
                null,
                null,
                List.of());
    }

    /** Of a table that has lost its files, no rows. */
    private Dataset<Row> table(RunDirectory directory, String name) {
        return Tables.read(run.spark(), directory.uri(name), index.schema());
    }

    private Rejects rejects() {
        Optional<Dataset<Row>> rejected = images.store()
                .rejects(index.where(col(FeatureColumns.CONTENT_SHA256).isNull()));
        if (rejected.isEmpty()) {
            return new Rejects(Map.of(), List.of());
        }
        Map<String, Long> byReason = new TreeMap<>();
        rejected.get()
                .groupBy(RejectColumns.REASON)
                .agg(count(lit(1)))
                .collectAsList()
                .forEach(row -> byReason.put(row.getString(0), row.getLong(1)));
        List<Reject> first = rejected
                .get()
                .select(RejectColumns.URI, RejectColumns.REASON, RejectColumns.DETAIL)
                .orderBy(RejectColumns.REASON, RejectColumns.URI)
                .limit(EXAMPLES)
                .collectAsList()
                .stream()
                .map(row -> new Reject(row.getString(0), row.getString(1), row.getString(2)))
                .toList();
        return new Rejects(byReason, first);
    }

    private Drift drift(ImageCounts counts, FeatureProfile profile, Promoted before) {
        double classes = ShareDistance.between(
                counts.in(Split.TRAIN), before.record().data().images().in(Split.TRAIN));
        double features = before.directory()
                .read(PROFILE, FeatureProfile.class)
                .filter(then -> then.mean().length == profile.mean().length && isSameBase(before))
                .map(profile::shiftFrom)
                .orElse(Double.NaN);
        long images = before.record().data().images().total();
        return new Drift(before.record().run(), images, classes, moved(counts, before), features);
    }

    /** The classes whose shares of the training images have moved most. */
    private static String moved(ImageCounts counts, Promoted before) {
        ImageCounts then = before.record().data().images();
        return Stream.concat(counts.labels().stream(), then.labels().stream())
                .distinct()
                .map(label -> new Moved(label, share(then, label), share(counts, label)))
                .sorted(Comparator.comparingDouble(Moved::distance).reversed())
                .limit(MOST_MOVED)
                .map(Moved::text)
                .collect(Collectors.joining(", "));
    }

    private static double share(ImageCounts counts, String label) {
        long all = counts.count(Split.TRAIN);
        return all == 0 ? 0 : (double) counts.count(Split.TRAIN, label) / all;
    }

    private record Moved(String label, double before, double now) {
        double distance() {
            return Math.abs(now - before);
        }

        String text() {
            return String.format(Locale.ROOT, "%s (%.3f to %.3f)", ShownText.name(label), before, now);
        }
    }

    private boolean isSameBase(Promoted before) {
        return before.model()
                .bundle()
                .description()
                .provenance()
                .fingerprint()
                .equals(images.store().spec().fingerprint());
    }

    /** None where the table of images of that run is gone, be it in part: a run directory may be cleaned up. */
    private Optional<Additions> additions(Dataset<Row> examples, Promoted before) {
        if (!isWhole(before)) {
            run.log()
                    .note("Note: what was added since run " + before.record().run()
                            + " is not known, its table of images is no longer whole");
            return Optional.empty();
        }
        return Optional.of(since(examples, before));
    }

    private boolean isWhole(Promoted before) {
        if (!before.directory().has(NightlyImages.IMAGES + "/_SUCCESS")) {
            return false;
        }
        return table(before.directory(), NightlyImages.IMAGES).count()
                == before.record().accounting().images();
    }

    private Additions since(Dataset<Row> examples, Promoted before) {
        String content = FeatureColumns.CONTENT_SHA256;
        Dataset<Row> old = table(before.directory(), NightlyImages.IMAGES)
                .where(col(content).isNotNull())
                .groupBy(col(content).as(OLD_CONTENT))
                .agg(
                        collect_set(ManifestColumns.LABEL).as(OLD_LABELS),
                        collect_set(ManifestColumns.SPLIT).as(OLD_SPLITS));
        Column isSame = col(content).equalTo(col(OLD_CONTENT));
        Column isAdded = col(OLD_LABELS).isNull();
        Column isRelabelled = not(array_contains(col(OLD_LABELS), col(ManifestColumns.LABEL)));
        Dataset<Row> joined = examples.join(old, isSame, "left");
        Dataset<Row> changed = joined.where(isAdded.or(isRelabelled));
        long added = changed.where(isAdded).count();
        long relabelled = changed.where(not(isAdded)).count();
        Dataset<Row> judged = changed.where(
                col(ManifestColumns.LABEL).isInCollection(before.model().labels()));
        Dataset<Row> contradicted = contradicted(before.model(), judged.drop(OLD_CONTENT, OLD_LABELS, OLD_SPLITS));
        return new Additions(
                added,
                relabelled,
                old.join(examples, isSame, "left_anti").count(),
                trained(joined, before),
                judged.count(),
                contradicted.count(),
                suspects(contradicted));
    }

    /** How many of the test images the current model was trained on, or chosen by: it is held against others on them. */
    private long trained(Dataset<Row> joined, Promoted before) {
        Dataset<Row> test = Split.TEST.of(joined);
        long trained = test.where(array_contains(col(OLD_SPLITS), Split.TRAIN.columnValue())
                        .or(array_contains(col(OLD_SPLITS), Split.VALIDATION.columnValue())))
                .count();
        if (trained > 0) {
            run.log()
                    .note(
                            "Warning: %d of %d test images were training or validation images in run %s, which trained the current"
                                            .formatted(
                                                    trained,
                                                    test.count(),
                                                    before.record().run())
                                    + " version: it knows them, and a comparison on them favours it");
        }
        return trained;
    }

    private static List<Suspect> suspects(Dataset<Row> contradicted) {
        return contradicted
                .orderBy(desc("confidence"), col(ManifestColumns.URI))
                .limit(2 * EXAMPLES)
                .collectAsList()
                .stream()
                .map(row -> new Suspect(row.getString(0), row.getString(1), row.getString(2), row.getFloat(3)))
                .toList();
    }

    private Dataset<Row> contradicted(OpenedModel model, Dataset<Row> changed) {
        return new ModelScores(run, Optional.of(images.store()))
                .keep(model, changed, night.uri(ADDITIONS))
                .select(
                        col(PredictionColumns.URI),
                        col(PredictionColumns.LABEL),
                        col(PredictionColumns.PREDICTION),
                        array_max(col(PredictionColumns.PROBABILITIES)).as("confidence"))
                .where(col(PredictionColumns.LABEL).notEqual(col(PredictionColumns.PREDICTION)))
                .where(col("confidence").geq(settings.contradictionProbability()));
    }
}
