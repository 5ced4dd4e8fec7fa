package dev.graft.pipeline;

import dev.graft.base.Architecture;
import dev.graft.base.Base;
import dev.graft.evaluate.Evaluator;
import dev.graft.evaluate.Metrics;
import dev.graft.features.FeatureExtractor;
import dev.graft.features.FeatureStore;
import dev.graft.forward.Accounting;
import dev.graft.forward.Rejection;
import dev.graft.manifest.ManifestReader;
import dev.graft.manifest.ManifestSettings;
import dev.graft.predict.Classifier;
import dev.graft.predict.Predictions;
import dev.graft.predict.Predictor;
import dev.graft.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What every stage of a run works with.
 *
 * @param command the command line, for the provenance of models
 */
public record RunContext(SparkSession spark, Stages stages, String command, RunLog log) {
    private static final String LOCK = "_lock";

    /** Opens the base that the settings name, and says which one it is. */
    public Base openBase() {
        Base base = stages.openBase(spark);
        log.note(BaseLine.of(base));
        if (stages.base().architecture() == Architecture.XCEPTION_MINI) {
            log.bundledBase();
        }
        return base;
    }

    public Configuration hadoop() {
        return spark.sessionState().newHadoopConf();
    }

    /**
     * Keeps other runs out of a directory.
     *
     * @throws RunningException when one is at work there
     */
    public RunLock lock(Storage storage, Path directory) {
        return take(storage, new Path(directory, LOCK));
    }

    /**
     * Keeps other runs out of a table that is written anew, while its directory comes and goes.
     *
     * @throws RunningException when one writes it
     */
    public RunLock lockTable(String uri) {
        Path table = new Path(uri);
        try {
            return take(Storage.of(table, hadoop()), new Path(table.getParent(), "_" + table.getName() + ".lock"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open " + uri + ": " + e.getMessage(), e);
        }
    }

    private RunLock take(Storage storage, Path file) {
        return RunLock.take(storage, file, stages.locks(), Clock.systemUTC(), log);
    }

    /**
     * Opens the store of a base's features for writing, which one run does at a time.
     *
     * @throws RunningException when another does
     */
    public LockedStore openStore(String uri, Base base) {
        FeatureStore store = stages.store(spark, uri, base);
        Path directory = new Path(store.uri());
        try {
            return new LockedStore(store, lock(Storage.of(directory, hadoop()), directory));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open feature store " + uri + ": " + e.getMessage(), e);
        }
    }

    /** Reads a manifest, and notes in the log what was taken otherwise than it is written. */
    public Dataset<Row> read(String manifestUri) {
        return read(manifestUri, stages.manifest());
    }

    /** Reads a manifest that this run has written, with the splits that its settings say. */
    public Dataset<Row> readWritten(String manifestUri) {
        return read(manifestUri, stages.manifest().ofWritten());
    }

    private Dataset<Row> read(String manifestUri, ManifestSettings settings) {
        return new ManifestReader(spark, settings, log::note).read(manifestUri);
    }

    /** Computes the features that a store does not have. */
    public Accounting extract(Dataset<Row> images, Base base, LockedStore store) {
        Accounting accounting = new FeatureExtractor(
                        spark, stages.extract(), stages.decode(), stages.augment(), log.progress())
                .extract(store.features().fitted(images, log::note), base, store.features());
        store.lock().requireHeld();
        return accounting;
    }

    /** Says what became of the images, and why some of them gave no features. */
    public void tell(Accounting accounting, Dataset<Row> images, FeatureStore store) {
        log.say(accounting.toString());
        if (accounting.rejected() > 0) {
            Rejection.lines(Rejections.ofLastRun(store, images)).forEach(log::note);
        }
    }

    /**
     * Metrics on labelled images; none where none can be decoded.
     *
     * @param told what became of the images
     */
    Optional<Metrics> evaluate(Dataset<Row> images, Classifier classifier, Consumer<Predictions> told) {
        Predictor predictor =
                new Predictor(spark, stages.decode(), stages.extract().batch(), log.progress());
        try (Predictions predictions = predictor.predict(images, classifier)) {
            told.accept(predictions);
            if (predictions.rejected() == predictions.images()) {
                return Optional.empty();
            }
            return Optional.of(Evaluator.evaluate(predictions.rows(), classifier.labels()));
        }
    }
}
