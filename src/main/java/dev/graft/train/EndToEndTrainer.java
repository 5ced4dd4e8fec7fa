package dev.graft.train;

import dev.graft.augment.AugmentSettings;
import dev.graft.averaging.AveragedTraining;
import dev.graft.averaging.Checkpoints;
import dev.graft.averaging.Classes;
import dev.graft.averaging.EpochLog;
import dev.graft.averaging.ExampleSource;
import dev.graft.averaging.Scorer;
import dev.graft.averaging.TrainingKind;
import dev.graft.base.Base;
import dev.graft.decode.DecodeSettings;
import dev.graft.forward.DecodedImages;
import dev.graft.forward.FrozenStage;
import dev.graft.settings.InvalidInputException;
import dev.graft.settings.Seeds;
import dev.graft.spark.Progress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Trains a head end to end with its frozen base: images are decoded once, and each epoch they are augmented anew and go
 * through the base again.
 */
public final class EndToEndTrainer {
    private final SparkSession spark;
    private final HeadSettings settings;
    private final AugmentSettings augment;
    private final DecodeSettings decode;
    private final int batch;
    private final Optional<Checkpoints> checkpoints;
    private final Progress progress;

    /**
     * @param batch images in one forward pass of the base
     * @param checkpoints where the training goes on if it was interrupted; empty to begin anew
     */
    public EndToEndTrainer(
            SparkSession spark,
            HeadSettings settings,
            AugmentSettings augment,
            DecodeSettings decode,
            int batch,
            Optional<Checkpoints> checkpoints,
            Progress progress) {
        this.spark = spark;
        this.settings = settings;
        this.augment = augment.withSeed(Seeds.mix(augment.seed(), settings.seed()));
        this.decode = decode;
        this.batch = batch;
        this.checkpoints = checkpoints;
        this.progress = progress;
    }

    /**
     * Trains a new head.
     *
     * @param manifest a table as {@link dev.graft.manifest.ManifestReader} returns it; only {@code train} trains, {@code
     *     validation} is scored, not augmented
     * @param labels the classes, in the order of the head's outputs
     * @param decoded told what became of the images of both
     * @param log told the outcome of each epoch as it ends
     */
    public TrainedHead train(
            Dataset<Row> manifest, List<String> labels, Base base, Consumer<DecodedCounts> decoded, EpochLog log) {
        Classes classes = new Classes(labels);
        int size = base.layout().inputSize();
        int workers = settings.training().workers();
        try (TrainingImages images = TrainingImages.decode(spark, manifest, workers, size, decode);
                FrozenStage stage = new FrozenStage(spark, base.frozen(), size, batch)) {
            decoded.accept(images.counts());
            DecodedImages training = images.training();
            try (ExampleSource source = new DrawnExamples(training.images(), stage, augment, classes, settings.seed());
                    Scorer scorer = new ShardScorer(
                            Shards.ofImages(stage.plain(images.validation().images()), classes), classes.outputs())) {
                if (source.count() == 0) {
                    throw new InvalidInputException(
                            "Cannot train: none of the training images can be decoded (" + images.rejects() + ")");
                }
                NewHead head = new NewHead(base.layout().features(), classes, settings);
                return head.train(
                        new AveragedTraining(
                                spark.sparkContext(), TrainingKind.HEAD, settings.training(), checkpoints, progress),
                        source,
                        scorer,
                        log);
            }
        } finally {
            spark.sparkContext().setJobDescription(null);
        }
    }
}
