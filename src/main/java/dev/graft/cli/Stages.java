package dev.graft.cli;

import dev.graft.augment.AugmentSettings;
import dev.graft.base.Base;
import dev.graft.base.BaseSettings;
import dev.graft.decode.DecodeSettings;
import dev.graft.decode.ImageDecoder;
import dev.graft.evaluate.Evaluator;
import dev.graft.evaluate.Metrics;
import dev.graft.evaluate.PromotionRule;
import dev.graft.features.Accounting;
import dev.graft.features.ExtractSettings;
import dev.graft.features.FeatureExtractor;
import dev.graft.features.FeatureSpec;
import dev.graft.features.FeatureStore;
import dev.graft.features.Views;
import dev.graft.manifest.ManifestReader;
import dev.graft.manifest.ManifestSettings;
import dev.graft.publish.Preprocessing;
import dev.graft.settings.Settings;
import dev.graft.train.Classifier;
import dev.graft.train.FineTuneSettings;
import dev.graft.train.HeadSettings;
import dev.graft.train.Predictions;
import dev.graft.train.Predictor;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The stages as the settings of a run have them. */
record Stages(
        Settings settings,
        ManifestSettings manifest,
        BaseSettings base,
        DecodeSettings decode,
        AugmentSettings augment,
        ExtractSettings extract,
        HeadSettings head,
        FineTuneSettings fineTune,
        PromotionRule promotion) {

    /** Reads the settings of every stage; whatever is wrong with any of them is reported at once. */
    static Stages from(Settings settings) {
        Stages stages = new Stages(
                settings,
                ManifestSettings.from(settings),
                BaseSettings.from(settings),
                DecodeSettings.from(settings),
                AugmentSettings.from(settings),
                ExtractSettings.from(settings),
                HeadSettings.from(settings),
                FineTuneSettings.from(settings),
                PromotionRule.from(settings));
        settings.check();
        return stages;
    }

    /** What is done to an image before the base sees it. */
    Preprocessing preprocessing(Base opened) {
        return new Preprocessing(
                opened.layout().inputSize(),
                decode.resize().id(),
                opened.layout().scaling(),
                ImageDecoder.VERSION);
    }

    /** Whether nobody said which base to take. */
    boolean hasDefaultBase() {
        return base.equals(BaseSettings.from(Settings.withDefaults()));
    }

    Dataset<Row> read(SparkSession spark, String uri) {
        return new ManifestReader(spark, manifest).read(uri);
    }

    Base openBase(SparkSession spark) {
        return Base.open(base, spark.sessionState().newHadoopConf());
    }

    FeatureStore store(SparkSession spark, String uri, Base opened) {
        return FeatureStore.create(spark, uri, FeatureSpec.of(opened, decode, Views.of(extract.views(), augment)));
    }

    /** Metrics on labelled images, all of which are accounted for in the log; none where there are no images. */
    Optional<Metrics> evaluate(SparkSession spark, Dataset<Row> images, Classifier classifier, TrainingLog log) {
        if (images.isEmpty()) {
            return Optional.empty();
        }
        Predictor predictor = new Predictor(spark, decode, extract.batch(), new TerminalProgress());
        try (Predictions predictions = predictor.predict(images, classifier)) {
            log.tested(predictions);
            return Optional.of(Evaluator.evaluate(predictions.rows(), classifier.labels()));
        }
    }

    Accounting extract(SparkSession spark, Dataset<Row> images, Base opened, FeatureStore store) {
        return new FeatureExtractor(spark, extract, decode, augment, new TerminalProgress())
                .extract(images, opened, store);
    }
}
