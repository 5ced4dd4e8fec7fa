package dev.graft.pipeline;

import dev.graft.augment.AugmentSettings;
import dev.graft.base.Base;
import dev.graft.base.BaseSettings;
import dev.graft.decode.DecodeSettings;
import dev.graft.decode.ImageDecoder;
import dev.graft.evaluate.PromotionRule;
import dev.graft.features.ExtractSettings;
import dev.graft.features.FeatureSpec;
import dev.graft.features.FeatureStore;
import dev.graft.forward.Views;
import dev.graft.manifest.ManifestSettings;
import dev.graft.publish.Preprocessing;
import dev.graft.settings.Settings;
import dev.graft.train.FineTuneSettings;
import dev.graft.train.HeadSettings;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** The stages as the settings of a run have them. */
public record Stages(
        Settings settings,
        ManifestSettings manifest,
        BaseSettings base,
        DecodeSettings decode,
        AugmentSettings augment,
        ExtractSettings extract,
        HeadSettings head,
        FineTuneSettings fineTune,
        PromotionRule promotion,
        CheckSettings checks,
        RetrainSettings retrain,
        LockSettings locks) {

    /** Reads the settings of every stage; whatever is wrong with any of them is reported at once. */
    public static Stages from(Settings settings) {
        Stages stages = new Stages(
                settings,
                ManifestSettings.from(settings),
                BaseSettings.from(settings),
                DecodeSettings.from(settings),
                AugmentSettings.from(settings),
                ExtractSettings.from(settings),
                HeadSettings.from(settings),
                FineTuneSettings.from(settings),
                PromotionRule.from(settings),
                CheckSettings.from(settings),
                RetrainSettings.from(settings),
                LockSettings.from(settings));
        settings.check();
        return stages;
    }

    /** What is done to an image before the base sees it. */
    public Preprocessing preprocessing(Base opened) {
        return new Preprocessing(
                opened.layout().inputSize(),
                decode.resize().id(),
                opened.layout().scaling(),
                ImageDecoder.VERSION);
    }

    /** Whether nobody said which base to take. */
    public boolean hasDefaultBase() {
        return !settings.isAnyGiven("base");
    }

    /** Warns where a head is trained on features of images as they are, though somebody said how to augment them. */
    public Optional<String> unusedAugmentation() {
        return augment.isEmpty() || extract.views() > 1
                ? Optional.empty()
                : Optional.of(
                        "Warning: augment is not used: features of one view of each image are stored (say how many with"
                                + " extract.views, or train --end-to-end)");
    }

    /** Says that a night trains no base, though somebody said how. */
    public Optional<String> unusedFineTuning() {
        return retrain.fineTune() || !settings.isAnyGiven("fine-tune")
                ? Optional.empty()
                : Optional.of("Note: fine-tune is not used: retrain.fine-tune = false");
    }

    public Base openBase(SparkSession spark) {
        return Base.open(base, spark.sessionState().newHadoopConf());
    }

    public FeatureStore store(SparkSession spark, String uri, Base opened) {
        return FeatureStore.create(spark, uri, FeatureSpec.of(opened, decode, Views.of(extract.views(), augment)));
    }
}
