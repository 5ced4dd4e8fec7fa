package dev.graft.averaging;

import dev.graft.forward.GpuSlots;
import dev.graft.forward.TaskDevice;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Parameter averaging behind dl4j-spark's interface, one round for each call of {@code fit}: every partition of the
 * minibatches is one worker, the mean is weighted by the examples each consumed, and the updater's state is averaged
 * with the parameters.
 *
 * <p>What it does that dl4j-spark's own does not: the broadcast is destroyed after the round, partitions without
 * examples count nothing, results are added in the order of the partitions so that a run can be repeated bit for bit,
 * and the bytes that crossed the network are counted.
 */
final class AveragingMaster implements TrainingMaster<AveragingResult, AveragingWorker> {
    /** Bytes of a worker's result past which they are averaged on the executors. */
    private static final long LARGE = 4L << 20;

    private final int batch;
    private @Nullable Broadcast<AveragingState> state;
    private Round lastRound = new Round(0, 0, null, 0);

    /** @param batch examples in a worker's minibatch, at most */
    AveragingMaster(int batch) {
        this.batch = batch;
    }

    /** What the last call of {@code fit} did. */
    Round lastRound() {
        return lastRound;
    }

    @Override
    public AveragingWorker getWorkerInstance(SparkComputationGraph graph) {
        if (state == null) {
            throw new IllegalStateException("Cannot make a worker outside a round");
        }
        return new AveragingWorker(state, batch);
    }

    @Override
    public void executeTraining(SparkComputationGraph graph, JavaRDD<DataSet> minibatches) {
        AveragingState start = AveragingState.of(graph.getNetwork());
        state = graph.getSparkContext().broadcast(start);
        try {
            AveragingWorker worker = getWorkerInstance(graph);
            JavaRDD<AveragingResult> results = GpuSlots.on(minibatches.mapPartitions(
                    partition -> Collections.singleton(train(worker, partition)).iterator()));
            lastRound = start.bytes() > LARGE
                    ? averageOnExecutors(graph.getNetwork(), start, results)
                    : averageHere(graph.getNetwork(), start, results.collect());
        } finally {
            state.destroy();
            state = null;
        }
    }

    private static AveragingResult train(AveragingWorker worker, Iterator<DataSet> minibatches) {
        if (!minibatches.hasNext()) {
            return worker.getFinalResultNoData();
        }
        TaskDevice.bind();
        ComputationGraph network = worker.getInitialModelGraph();
        try {
            while (minibatches.hasNext()) {
                worker.processMinibatch(minibatches.next(), network, false);
            }
            return worker.getFinalResult(network);
        } finally {
            worker.release();
        }
    }

    private static Round averageHere(ComputationGraph network, AveragingState start, List<AveragingResult> results) {
        WeightedMean parameters = new WeightedMean();
        WeightedMean updaterState = new WeightedMean();
        for (AveragingResult result : results) {
            parameters.add(result.parameters(), result.examples());
            updaterState.add(result.updaterState(), result.examples());
        }
        return average(network, start, new ResultsMean(parameters.mean(), updaterState.mean()), results);
    }

    /** The same, where what all workers arrived at would not fit on the driver. */
    private static Round averageOnExecutors(
            ComputationGraph network, AveragingState start, JavaRDD<AveragingResult> results) {
        JavaRDD<AveragingResult> held = results.persist(StorageLevel.MEMORY_AND_DISK());
        try {
            List<AveragingResult> counts =
                    held.map(AveragingResult::withoutNumbers).collect();
            int parameters = Math.toIntExact(network.numParams());
            int updaterState = Math.toIntExact(start.bytes() / Float.BYTES - parameters);
            return average(network, start, ResultsMean.of(held, parameters, updaterState), counts);
        } finally {
            held.unpersist();
        }
    }

    private static Round average(
            ComputationGraph network, AveragingState start, ResultsMean mean, List<AveragingResult> counts) {
        int steps = counts.stream().mapToInt(AveragingResult::steps).max().orElse(0);
        if (steps > 0) {
            int iteration = network.getConfiguration().getIterationCount() + steps;
            AveragingState.set(network, mean.parameters(), mean.updaterState(), iteration);
        }
        return report(start, counts);
    }

    private static Round report(AveragingState start, List<AveragingResult> results) {
        long examples = 0;
        double lossSum = 0;
        long working = 0;
        ScoreSums scores = null;
        for (AveragingResult result : results) {
            scores = sum(scores, result.scores());
            examples += result.examples();
            lossSum += result.lossSum();
            working += result.examples() > 0 ? 1 : 0;
        }
        return new Round(examples, examples == 0 ? 0 : lossSum / examples, scores, 2 * working * start.bytes());
    }

    private static @Nullable ScoreSums sum(@Nullable ScoreSums some, @Nullable ScoreSums more) {
        if (some == null || more == null) {
            return some == null ? more : some;
        }
        some.add(more);
        return some;
    }

    @Override
    public void executeTraining(SparkDl4jMultiLayer network, JavaRDD<DataSet> minibatches) {
        throw AveragingWorker.refused("a MultiLayerNetwork");
    }

    @Override
    public void executeTrainingMDS(SparkComputationGraph graph, JavaRDD<MultiDataSet> minibatches) {
        throw AveragingWorker.refused("several inputs");
    }

    @Override
    public void executeTrainingPaths(
            SparkDl4jMultiLayer network,
            SparkComputationGraph graph,
            JavaRDD<String> paths,
            DataSetLoader loader,
            MultiDataSetLoader multiLoader) {
        throw AveragingWorker.refused("exported minibatches");
    }

    @Override
    public AveragingWorker getWorkerInstance(SparkDl4jMultiLayer network) {
        throw AveragingWorker.refused("a MultiLayerNetwork");
    }

    @Override
    public void addHook(TrainingHook hook) {
        throw AveragingWorker.refused("hooks");
    }

    @Override
    public void removeHook(TrainingHook hook) {
        throw AveragingWorker.refused("hooks");
    }

    @Override
    public String toJson() {
        throw AveragingWorker.refused("a master from JSON");
    }

    @Override
    public String toYaml() {
        throw AveragingWorker.refused("a master from YAML");
    }

    @Override
    public void setCollectTrainingStats(boolean collect) {
        if (collect) {
            throw AveragingWorker.refused("statistics");
        }
    }

    @Override
    public boolean getIsCollectTrainingStats() {
        return false;
    }

    @Override
    public @Nullable SparkTrainingStats getTrainingStats() {
        return null;
    }

    @Override
    public void setListeners(Collection<TrainingListener> listeners) {
        throw AveragingWorker.refused("listeners");
    }

    @Override
    public void setListeners(StatsStorageRouter router, Collection<TrainingListener> listeners) {
        throw AveragingWorker.refused("listeners");
    }

    /** Nothing is ever exported, so there is nothing to delete. */
    @Override
    public boolean deleteTempFiles(JavaSparkContext spark) {
        return true;
    }

    /** Nothing is ever exported, so there is nothing to delete. */
    @Override
    public boolean deleteTempFiles(SparkContext spark) {
        return true;
    }
}
