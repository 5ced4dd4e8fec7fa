package dev.graft.pipeline;

import dev.graft.evaluate.Metrics;
import dev.graft.forward.Accounting;
import dev.graft.forward.Rejection;
import dev.graft.manifest.TrainingManifest;
import dev.graft.predict.Classifier;
import dev.graft.predict.Predictions;
import dev.graft.train.DecodedCounts;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * The images of a training that stores no features: those that train and validate are decoded before it, those that test
 * after it. Both together are held against the limit of rejects, and against each other.
 */
public final class DecodedManifest implements AutoCloseable {
    private final RunContext run;
    private final double maxRejectedShare;
    private final boolean looksAtContents;
    private Accounting decoded = new Accounting(0, 0, 0, 0, 0);
    private List<Rejection> rejections = List.of();

    @Nullable
    private Dataset<Row> contents;

    private DecodedManifest(RunContext run, boolean looksAtContents) {
        this.run = run;
        this.maxRejectedShare = run.stages().decode().maxRejectedShare();
        this.looksAtContents = looksAtContents;
    }

    static DecodedManifest of(RunContext run) {
        return new DecodedManifest(run, true);
    }

    /** Of a night, whose checks have looked at the contents of its images. */
    public static DecodedManifest ofNight(RunContext run) {
        return new DecodedManifest(run, false);
    }

    /**
     * Says what became of the images that train and validate.
     *
     * @throws dev.graft.settings.DataGateException if too many were rejected, or a class has no image to train on
     */
    void trains(DecodedCounts counts, TrainingManifest training) {
        run.log().decoded(counts, maxRejectedShare);
        training.requireTrainable(counts.images());
        decoded = counts.accounting();
        rejections = counts.rejections();
        if (looksAtContents) {
            contents = counts.contents().persist(StorageLevel.MEMORY_AND_DISK());
            contents.count();
        }
    }

    /**
     * Metrics on the images that test, none where none can be decoded; says what became of them, and which images were
     * trained on that test or validate.
     *
     * @throws dev.graft.settings.DataGateException if too many were rejected of all
     */
    Optional<Metrics> evaluate(Dataset<Row> test, Classifier classifier) {
        if (test.isEmpty()) {
            warn(contents);
            return Optional.empty();
        }
        return run.evaluate(test, classifier, this::tests);
    }

    private void tests(Predictions predictions) {
        run.log().tested(predictions);
        decoded.and(predictions.accounting())
                .requireShareOfRejects(
                        maxRejectedShare,
                        "reasons: " + Rejection.counts(Rejection.both(rejections, Rejections.of(predictions))));
        warn(contents == null ? null : contents.union(predictions.contents()));
    }

    private void warn(@Nullable Dataset<Row> looked) {
        if (looked != null) {
            new Contents(looked).warnings().forEach(run.log()::note);
        }
    }

    @Override
    public void close() {
        if (contents != null) {
            contents.unpersist();
        }
    }
}
