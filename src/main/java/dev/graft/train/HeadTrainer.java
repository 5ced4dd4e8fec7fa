package dev.graft.train;

import dev.graft.features.Progress;
import dev.graft.manifest.Split;
import dev.graft.nn.Seeds;
import dev.graft.settings.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.nd4j.linalg.dataset.DataSet;

/** Trains a head on stored features by parameter averaging. */
public final class HeadTrainer {
    private static final int SMALLEST_WORKER_BATCH = 8;

    /** A worker takes a minute or two over so many; with fewer, averaging costs more than it saves. */
    private static final long EXAMPLES_PER_WORKER = 50_000;

    /** A worker that is alone has nothing to average; a round of so many steps only says how far it has come. */
    private static final int STEPS_ALONE = 256;

    private final SparkSession spark;
    private final HeadSettings settings;
    private final Progress progress;

    public HeadTrainer(SparkSession spark, HeadSettings settings, Progress progress) {
        this.spark = spark;
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Trains a new head.
     *
     * @param examples rows with uri, label, split and features; only {@code train} trains, {@code validation} is scored
     * @param labels the classes, in the order of the head's outputs
     * @param features the number of features of an example
     * @param epochs told the outcome of each epoch as it ends
     */
    public TrainedHead train(Dataset<Row> examples, List<String> labels, int features, Consumer<Epoch> epochs) {
        spark.sparkContext().setJobDescription("Train head: deal the examples");
        int workers = workers(examples);
        try (Examples training = Examples.deal(examples, Split.TRAIN, labels, workers);
                Examples validation = Examples.deal(examples, Split.VALIDATION, labels, workers)) {
            if (training.count() == 0) {
                throw new InvalidInputException("Cannot train: none of the training images has features; see the table"
                        + " _rejects of the feature store");
            }
            ComputationGraph head = Head.untrained(features, labels.size(), settings);
            List<Epoch> history = new ArrayList<>();
            AtomicLong seen = new AtomicLong();
            long total = training.count() * settings.epochs();
            try (Progress.Task task = progress.begin("Train head", total, "examples", seen::get)) {
                for (int number = 1; number <= settings.epochs(); number++) {
                    Epoch epoch = epoch(head, training, validation, number, seen);
                    history.add(epoch);
                    epochs.accept(epoch);
                }
            }
            return new TrainedHead(head, labels, history);
        } finally {
            spark.sparkContext().setJobDescription(null);
        }
    }

    private int workers(Dataset<Row> examples) {
        if (settings.workers() > 0) {
            return settings.workers();
        }
        long count = Examples.of(examples, Split.TRAIN).count();
        long wanted = (count + EXAMPLES_PER_WORKER - 1) / EXAMPLES_PER_WORKER;
        return (int) Math.max(1, Math.min(wanted, spark.sparkContext().defaultParallelism()));
    }

    /** One step of all workers together consumes a batch, so that an epoch has as many steps as with one worker. */
    private int workerBatch(int workers) {
        int share = (settings.batch() + workers - 1) / workers;
        return Math.min(settings.batch(), Math.max(SMALLEST_WORKER_BATCH, share));
    }

    private Epoch epoch(ComputationGraph head, Examples training, Examples validation, int number, AtomicLong seen) {
        spark.sparkContext().setJobDescription("Train head: epoch " + number + " of " + settings.epochs());
        AveragingMaster master = new AveragingMaster();
        SparkComputationGraph distributed = new SparkComputationGraph(spark.sparkContext(), head, master);
        double lossSum = 0;
        long examples = 0;
        long bytes = 0;
        int workers = training.shards().getNumPartitions();
        int batch = workerBatch(workers);
        int perRound = workers == 1 ? STEPS_ALONE : settings.averagingFrequency();
        for (int first = 0; (long) first * batch < training.largestShard(); first += perRound) {
            distributed.fit(minibatches(training.shards(), number, batch, first, perRound));
            Round round = master.lastRound();
            lossSum += round.meanLoss() * round.examples();
            examples += round.examples();
            bytes += round.bytes();
            seen.addAndGet(round.examples());
        }
        Score score = HeadScorer.score(head, validation);
        return new Epoch(number, lossSum / examples, score, bytes);
    }

    private JavaRDD<DataSet> minibatches(JavaRDD<Shard> shards, int epoch, int batch, int first, int count) {
        long seed = settings.seed();
        return shards.mapPartitionsWithIndex(
                (worker, shard) -> shard.next().minibatches(Seeds.mix(seed, epoch, worker), batch, first, count), true);
    }
}
