package dev.graft.train;

import dev.graft.averaging.AveragedTraining;
import dev.graft.averaging.Checkpoints;
import dev.graft.averaging.Classes;
import dev.graft.averaging.EpochLog;
import dev.graft.averaging.ExampleSource;
import dev.graft.averaging.Scorer;
import dev.graft.averaging.TrainingKind;
import dev.graft.features.FeatureColumns;
import dev.graft.manifest.Split;
import dev.graft.settings.InvalidInputException;
import dev.graft.spark.Progress;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Trains a head on stored features by parameter averaging. */
public final class HeadTrainer {
    /** A worker takes a minute or two over so many; with fewer, averaging costs more than it saves. */
    private static final long EXAMPLES_PER_WORKER = 50_000;

    private final SparkSession spark;
    private final HeadSettings settings;
    private final Optional<Checkpoints> checkpoints;
    private final Progress progress;

    /** @param checkpoints where the training goes on if it was interrupted; empty to begin anew */
    public HeadTrainer(
            SparkSession spark, HeadSettings settings, Optional<Checkpoints> checkpoints, Progress progress) {
        this.spark = spark;
        this.settings = settings;
        this.checkpoints = checkpoints;
        this.progress = progress;
    }

    /**
     * Trains a new head.
     *
     * @param examples rows with uri, label, split, features and, if there are several views of an image, view; only
     *     {@code train} trains, {@code validation} is scored, in its first view
     * @param labels the classes, in the order of the head's outputs
     * @param features the number of features of an example
     * @param views of each image; each epoch takes the next
     * @param log told the outcome of each epoch as it ends
     */
    public TrainedHead train(Dataset<Row> examples, List<String> labels, int features, int views, EpochLog log) {
        spark.sparkContext().setJobDescription("Train head: deal the examples");
        Classes classes = new Classes(labels);
        Dataset<Row> training = Split.TRAIN.of(examples);
        Dataset<Row> validation = Split.VALIDATION.of(examples);
        int workers = workers(training, views);
        try (ExampleSource source = new StoredExamples(training, views, classes, workers, settings.seed());
                Scorer scorer = new ShardScorer(
                        Shards.deal(views == 1 ? validation : firstView(validation), classes, workers),
                        classes.outputs())) {
            if (source.count() == 0) {
                throw new InvalidInputException("Cannot train: none of the training images has features; see the table"
                        + " _rejects of the feature store");
            }
            NewHead head = new NewHead(features, classes, settings);
            return head.train(
                    new AveragedTraining(
                            spark.sparkContext(), TrainingKind.HEAD, settings.training(), checkpoints, progress),
                    source,
                    scorer,
                    log);
        } finally {
            spark.sparkContext().setJobDescription(null);
        }
    }

    private static Dataset<Row> firstView(Dataset<Row> table) {
        return table.where(table.col(FeatureColumns.VIEW).equalTo(0));
    }

    private int workers(Dataset<Row> training, int views) {
        if (settings.training().workers() > 0) {
            return settings.training().workers();
        }
        long count = training.count() / views;
        long wanted = (count + EXAMPLES_PER_WORKER - 1) / EXAMPLES_PER_WORKER;
        return (int) Math.max(1, Math.min(wanted, spark.sparkContext().defaultParallelism()));
    }
}
