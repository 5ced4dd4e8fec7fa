package dev.graft.cli;

import static org.apache.spark.sql.functions.col;

import dev.graft.base.Base;
import dev.graft.evaluate.Evaluator;
import dev.graft.evaluate.Metrics;
import dev.graft.features.Accounting;
import dev.graft.features.FeatureColumns;
import dev.graft.features.FeatureStore;
import dev.graft.manifest.ManifestColumns;
import dev.graft.manifest.ManifestDigest;
import dev.graft.manifest.Split;
import dev.graft.manifest.TrainingManifest;
import dev.graft.publish.ModelDescription;
import dev.graft.publish.ModelPublisher;
import dev.graft.publish.Provenance;
import dev.graft.settings.InvalidInputException;
import dev.graft.train.Epoch;
import dev.graft.train.HeadTrainer;
import dev.graft.train.Score;
import dev.graft.train.TrainedHead;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** From a manifest to a published model: features, head, evaluation on the test images, bundle. */
final class HeadTraining {
    private final SparkSession spark;
    private final Stages stages;
    private final String command;

    /** @param command the command line, for the model's provenance */
    HeadTraining(SparkSession spark, Stages stages, String command) {
        this.spark = spark;
        this.stages = stages;
        this.command = command;
    }

    /** Trains and publishes; returns the metrics on the test images, if there are any. */
    Optional<Metrics> run(String manifestUri, String storeUri, String model) {
        ModelPublisher publisher =
                new ModelPublisher(model, spark.sessionState().newHadoopConf());
        Dataset<Row> manifest = stages.read(spark, manifestUri);
        String digest = ManifestDigest.of(spark, manifestUri);
        TrainingManifest training = TrainingManifest.check(manifest);
        Base base = stages.openBase(spark);
        FeatureStore store = stages.store(spark, storeUri, base);
        extract(manifest, base, store);
        Dataset<Row> examples = examples(manifest, store);
        TrainedHead head = new HeadTrainer(spark, stages.head(), new TerminalProgress())
                .train(examples, training.labels(), base.layout().features(), HeadTraining::report);
        Optional<Metrics> metrics = evaluate(head, examples, training);
        String version =
                publisher.publish(description(digest, base, store, head, metrics.orElse(null)), head.on(base)::write);
        metrics.ifPresent(found -> Terminal.out("On the test images:" + System.lineSeparator() + found.table()));
        Terminal.out("model " + model + " version " + version);
        return metrics;
    }

    private void extract(Dataset<Row> manifest, Base base, FeatureStore store) {
        Accounting accounting = stages.extract(spark, manifest, base, store);
        Terminal.out(accounting.toString());
        accounting.requireShareOfRejects(stages.decode().maxRejectedShare());
    }

    /** The manifest's rows with their features; images that were rejected have none. */
    private static Dataset<Row> examples(Dataset<Row> manifest, FeatureStore store) {
        Dataset<Row> rows = store.rows()
                .orElseThrow(
                        () -> new InvalidInputException("Cannot train: no image of the manifest can be decoded; see"
                                + " the table _rejects in " + store.uri()));
        Dataset<Row> features =
                rows.where(col(FeatureColumns.VIEW).equalTo(0)).select(FeatureColumns.URI, FeatureColumns.FEATURES);
        return manifest.select(ManifestColumns.URI, ManifestColumns.LABEL, ManifestColumns.SPLIT)
                .join(features, FeatureColumns.URI);
    }

    private static void report(Epoch epoch) {
        Score validation = epoch.validation();
        String line = String.format(Locale.ROOT, "epoch %d: loss %.4f", epoch.number(), epoch.loss());
        Terminal.err(
                validation.examples() == 0
                        ? line
                        : String.format(
                                Locale.ROOT,
                                "%s, validation loss %.4f, validation accuracy %.4f",
                                line,
                                validation.loss(),
                                validation.accuracy()));
    }

    /** Metrics on the test images that have features; none where there are none. */
    private static Optional<Metrics> evaluate(TrainedHead head, Dataset<Row> examples, TrainingManifest training) {
        Dataset<Row> test = examples.where(col(ManifestColumns.SPLIT).equalTo(Split.TEST.columnValue()));
        return test.isEmpty()
                ? Optional.empty()
                : Optional.of(Evaluator.evaluate(head.predict(test), training.labels()));
    }

    private ModelDescription description(
            String manifestDigest, Base base, FeatureStore store, TrainedHead head, @Nullable Metrics metrics) {
        Provenance provenance = new Provenance(
                manifestDigest,
                base.layout().architecture().id(),
                base.digest(),
                store.spec().fingerprint(),
                BuildVersions.all(spark.version()),
                stages.head().seed(),
                Instant.now(),
                command);
        return new ModelDescription(
                head.labels(),
                stages.preprocessing(base),
                stages.settings().effective(),
                metrics == null ? null : metrics.toJson(),
                provenance);
    }
}
