package dev.graft.train;

import dev.graft.augment.AugmentSettings;
import dev.graft.averaging.AveragedTraining;
import dev.graft.averaging.Checkpoints;
import dev.graft.averaging.Classes;
import dev.graft.averaging.Epoch;
import dev.graft.averaging.EpochLog;
import dev.graft.averaging.ExampleSource;
import dev.graft.averaging.Score;
import dev.graft.averaging.Scorer;
import dev.graft.averaging.TrainingKind;
import dev.graft.averaging.TrainingSettings;
import dev.graft.base.LayerEntry;
import dev.graft.base.Layout;
import dev.graft.compiled.FrozenNetwork;
import dev.graft.decode.DecodeSettings;
import dev.graft.forward.FrozenStage;
import dev.graft.forward.ImageValues;
import dev.graft.predict.Classifier;
import dev.graft.predict.UpperNetwork;
import dev.graft.settings.InvalidInputException;
import dev.graft.settings.Seeds;
import dev.graft.spark.Progress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * Unfreezes layers of a model's base and trains on at a very low learning rate, batch norm in inference mode. The cut is
 * right below the lowest layer that trains: what is below stays compiled, and only what is above crosses the network.
 */
public final class FineTuner {
    private static final int RGB = 3;

    private final SparkSession spark;
    private final FineTuneSettings settings;
    private final AugmentSettings augment;
    private final DecodeSettings decode;
    private final int batch;
    private final Optional<Checkpoints> checkpoints;
    private final Progress progress;

    /**
     * @param batch images in one forward pass
     * @param checkpoints where the training goes on if it was interrupted; empty to begin anew
     */
    public FineTuner(
            SparkSession spark,
            FineTuneSettings settings,
            AugmentSettings augment,
            DecodeSettings decode,
            int batch,
            Optional<Checkpoints> checkpoints,
            Progress progress) {
        this.spark = spark;
        this.settings = settings;
        this.augment =
                augment.withSeed(Seeds.mix(augment.seed(), settings.training().seed()));
        this.decode = decode;
        this.batch = batch;
        this.checkpoints = checkpoints;
        this.progress = progress;
    }

    /**
     * Fine-tunes a model.
     *
     * @param layout of the model's base
     * @param manifest a table as {@link dev.graft.manifest.ManifestReader} returns it; {@code train} trains, {@code
     *     validation} decides
     * @param decoded told what became of the images of both
     * @param log told the outcome of each epoch as it ends
     */
    public FineTuned tune(
            Classifier model, Layout layout, Dataset<Row> manifest, Consumer<DecodedCounts> decoded, EpochLog log) {
        String cut = layout.cutBelow(settings.rulesOf(layout));
        try (TrainingImages images = TrainingImages.decode(
                        spark, manifest, settings.training().workers(), layout.inputSize(), decode);
                FrozenStage below = new FrozenStage(spark, below(model, layout, cut), layout.inputSize(), batch)) {
            decoded.accept(images.counts());
            return tune(model, layout, cut, images, below, log);
        } finally {
            spark.sparkContext().setJobDescription(null);
        }
    }

    private static @Nullable FrozenNetwork below(Classifier model, Layout layout, String cut) {
        int size = layout.inputSize();
        return cut.equals(Layout.PIXELS) ? null : FrozenNetwork.of(model.network(), cut, size, size, RGB);
    }

    private FineTuned tune(
            Classifier model, Layout layout, String cut, TrainingImages images, FrozenStage below, EpochLog log) {
        Classes classes = new Classes(model.labels());
        long[] shape = layout.shape(cut);
        boolean draws = !augment.isEmpty();
        JavaRDD<ImageValues> training = images.training().images();
        JavaRDD<ImageValues> inputs = draws ? training : held(below.plain(training));
        JavaRDD<ImageValues> validation = held(below.plain(images.validation().images()));
        try (FrozenStage nothing = new FrozenStage(spark, null, layout.inputSize(), batch);
                ExampleSource examples = new ImageExamples(
                        inputs,
                        draws ? below : nothing,
                        augment,
                        shape,
                        classes,
                        settings.training().seed());
                Scorer scorer = new NetworkScorer(spark, validation, shape, classes, batch)) {
            ComputationGraph upper = upper(model, layout, cut, classes, examples);
            Score before = scorer.score(upper);
            requireExamples(examples, before, images);
            if (!draws) {
                images.close(); // what training needs of them is held
            }
            List<Epoch> epochs = new AveragedTraining(
                            spark.sparkContext(), TrainingKind.FINE_TUNING, settings.training(), checkpoints, progress)
                    .run(upper, examples, scorer, log);
            Score after = scorer.score(upper);
            return outcome(model, layout, upper, epochs, before, after);
        } finally {
            validation.unpersist();
            if (!draws) {
                inputs.unpersist();
            }
        }
    }

    private static JavaRDD<ImageValues> held(JavaRDD<ImageValues> values) {
        return values.persist(StorageLevel.MEMORY_AND_DISK());
    }

    private static void requireExamples(ExampleSource examples, Score onValidation, TrainingImages images) {
        if (examples.count() == 0) {
            throw new InvalidInputException(
                    "Cannot fine-tune: none of the training images can be decoded (" + images.rejects() + ")");
        }
        if (onValidation.examples() == 0 && images.validation().accounting().images() > 0) {
            throw new InvalidInputException(
                    "Cannot fine-tune: none of the validation images can be decoded (" + images.rejects() + ")");
        }
        if (onValidation.examples() == 0) {
            throw new InvalidInputException("Cannot fine-tune: there are no validation images to tell whether the model"
                    + " gets better (give some images the split validation)");
        }
    }

    private ComputationGraph upper(
            Classifier model, Layout layout, String cut, Classes classes, ExampleSource examples) {
        TrainingSettings training = settings.training();
        int steps = training.stepsOfEpoch(examples);
        Map<String, IUpdater> updaters = new HashMap<>();
        for (LayerEntry layer : layout.layers()) {
            double rate = settings.learningRate(layer);
            updaters.put(layer.name(), rate == 0 ? new Sgd(0) : Head.adam(training.learningRate(rate, steps)));
        }
        IUpdater ofHead = Head.adam(training.learningRate(training.learningRate(), steps));
        LossSettings loss = new LossSettings(
                training.classWeights().of(classes, examples.classCounts()), training.labelSmoothing());
        return UpperNetwork.above(
                model.network(), cut, layer -> updaters.getOrDefault(layer, ofHead), loss.of(classes.outputs()));
    }

    private FineTuned outcome(
            Classifier model, Layout layout, ComputationGraph upper, List<Epoch> epochs, Score before, Score after) {
        ComputationGraph tuned = model.network().clone();
        UpperNetwork.copy(upper, tuned);
        Differences differences = Differences.between(model.network(), tuned, layout, settings.rules());
        boolean better = after.isBetterThan(before);
        Classifier kept = better ? new Classifier(tuned, model.labels(), model.inputSize()) : model;
        return new FineTuned(
                kept, better, before, after, epochs, differences.statistics(), differences.frozenWeights());
    }
}
