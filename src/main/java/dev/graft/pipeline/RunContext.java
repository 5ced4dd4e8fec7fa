package dev.graft.pipeline;

import dev.graft.base.Base;
import dev.graft.evaluate.Evaluator;
import dev.graft.evaluate.Metrics;
import dev.graft.features.Accounting;
import dev.graft.features.FeatureExtractor;
import dev.graft.features.FeatureStore;
import dev.graft.train.Classifier;
import dev.graft.train.Predictions;
import dev.graft.train.Predictor;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What every stage of a run works with.
 *
 * @param command the command line, for the provenance of models
 */
public record RunContext(SparkSession spark, Stages stages, String command, RunLog log) {
    Configuration hadoop() {
        return spark.sessionState().newHadoopConf();
    }

    /** Computes the features that a store does not have. */
    public Accounting extract(Dataset<Row> images, Base base, FeatureStore store) {
        return new FeatureExtractor(spark, stages.extract(), stages.decode(), stages.augment(), log.progress())
                .extract(images, base, store);
    }

    /** Metrics on labelled images, all of which are accounted for in the log; none where there are no images. */
    Optional<Metrics> evaluate(Dataset<Row> images, Classifier classifier) {
        if (images.isEmpty()) {
            return Optional.empty();
        }
        Predictor predictor =
                new Predictor(spark, stages.decode(), stages.extract().batch(), log.progress());
        try (Predictions predictions = predictor.predict(images, classifier)) {
            log.tested(predictions);
            return Optional.of(Evaluator.evaluate(predictions.rows(), classifier.labels()));
        }
    }
}
