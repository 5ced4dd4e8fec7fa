package dev.graft.cli;

import static org.apache.spark.sql.functions.col;

import dev.graft.base.Base;
import dev.graft.evaluate.Evaluator;
import dev.graft.evaluate.Metrics;
import dev.graft.features.Accounting;
import dev.graft.features.FeatureColumns;
import dev.graft.features.FeatureSpec;
import dev.graft.features.FeatureStore;
import dev.graft.features.Views;
import dev.graft.manifest.ManifestColumns;
import dev.graft.manifest.ManifestDigest;
import dev.graft.manifest.Split;
import dev.graft.manifest.TrainingManifest;
import dev.graft.settings.InvalidInputException;
import dev.graft.train.Checkpoints;
import dev.graft.train.Classifier;
import dev.graft.train.DecodedCounts;
import dev.graft.train.EndToEndTrainer;
import dev.graft.train.HeadTrainer;
import dev.graft.train.TrainedHead;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** From a manifest to a published model: a head on stored features, or end to end; evaluation on the test images. */
final class HeadTraining {
    private final SparkSession spark;
    private final Stages stages;
    private final String command;
    private final TrainingLog log;

    /** @param command the command line, for the model's provenance */
    HeadTraining(SparkSession spark, Stages stages, String command, TrainingLog log) {
        this.spark = spark;
        this.stages = stages;
        this.command = command;
        this.log = log;
    }

    /** What a model is trained on. */
    private record Work(Dataset<Row> manifest, String digest, TrainingManifest training, Base base) {}

    private Work open(String manifestUri) {
        Dataset<Row> manifest = stages.read(spark, manifestUri);
        String digest = ManifestDigest.of(spark, manifestUri);
        return new Work(manifest, digest, TrainingManifest.check(manifest), stages.openBase(spark));
    }

    /** Trains on stored features, which are extracted first where they are not there, and publishes. */
    void onFeatures(String manifestUri, String storeUri, String model) {
        Publishing publishing = new Publishing(spark, stages, command, log, model);
        Work work = open(manifestUri);
        FeatureStore store = stages.store(spark, storeUri, work.base());
        extract(work, store);
        Dataset<Row> examples = examples(work.manifest(), store);
        Checkpoints checkpoints =
                publishing.checkpoints("head", work.digest(), work.base().digest());
        TrainedHead head = new HeadTrainer(spark, stages.head(), Optional.of(checkpoints), new TerminalProgress())
                .train(
                        examples,
                        work.training().labels(),
                        work.base().layout().features(),
                        store.spec().views(),
                        log::epoch);
        Dataset<Row> test =
                Split.TEST.of(examples).where(col(FeatureColumns.VIEW).equalTo(0));
        Optional<Metrics> metrics = test.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Evaluator.evaluate(head.predict(test), work.training().labels()));
        publish(publishing, work, head, store.spec(), metrics);
        checkpoints.clear();
    }

    /** Trains on images that are augmented anew in each epoch, and publishes. */
    void endToEnd(String manifestUri, String model) {
        Publishing publishing = new Publishing(spark, stages, command, log, model);
        Work work = open(manifestUri);
        Checkpoints checkpoints =
                publishing.checkpoints("end-to-end", work.digest(), work.base().digest());
        TrainedHead head = new EndToEndTrainer(
                        spark,
                        stages.head(),
                        stages.augment(),
                        stages.decode(),
                        stages.extract().batch(),
                        Optional.of(checkpoints),
                        new TerminalProgress())
                .train(work.manifest(), work.training().labels(), work.base(), this::decoded, log::epoch);
        Classifier classifier = head.on(work.base());
        FeatureSpec spec = FeatureSpec.of(work.base(), stages.decode(), Views.PLAIN);
        publish(publishing, work, head, spec, stages.evaluate(spark, Split.TEST.of(work.manifest()), classifier, log));
        checkpoints.clear();
    }

    private void publish(
            Publishing publishing, Work work, TrainedHead head, FeatureSpec spec, Optional<Metrics> metrics) {
        publishing.publish(
                new Publishing.Trained(
                        head.labels(),
                        stages.preprocessing(work.base()),
                        Publishing.history(head.epochs()),
                        metrics,
                        new Publishing.Origin(
                                work.digest(),
                                work.base().layout().architecture().id(),
                                work.base().digest(),
                                spec.fingerprint(),
                                stages.head().seed(),
                                "")),
                head.on(work.base())::write);
    }

    private void decoded(DecodedCounts counts) {
        log.decoded(counts, stages.decode().maxRejectedShare());
    }

    private void extract(Work work, FeatureStore store) {
        Accounting accounting = stages.extract(spark, work.manifest(), work.base(), store);
        log.say(accounting.toString());
        accounting.requireShareOfRejects(stages.decode().maxRejectedShare(), store.rejects());
    }

    /** The manifest's rows with their features, in every view; images that were rejected have none. */
    private static Dataset<Row> examples(Dataset<Row> manifest, FeatureStore store) {
        Dataset<Row> rows = store.rows()
                .orElseThrow(
                        () -> new InvalidInputException("Cannot train: no image of the manifest can be decoded; see"
                                + " the table _rejects in " + store.uri()));
        Dataset<Row> features = rows.select(FeatureColumns.URI, FeatureColumns.VIEW, FeatureColumns.FEATURES);
        return manifest.select(ManifestColumns.URI, ManifestColumns.LABEL, ManifestColumns.SPLIT)
                .join(features, FeatureColumns.URI);
    }
}
