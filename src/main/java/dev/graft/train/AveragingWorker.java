package dev.graft.train;

import dev.graft.nn.FloatArrays;
import dev.graft.nn.TrainingHead;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.api.TrainingWorker;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** One worker of a round: starts from the broadcast state, trains on its minibatches, returns where it arrived. */
final class AveragingWorker implements TrainingWorker<AveragingResult> {
    private static final long serialVersionUID = 1;

    private final Broadcast<AveragingState> state;
    private int steps;
    private long examples;
    private double lossSum;
    private transient @Nullable TrainingHead head;

    AveragingWorker(Broadcast<AveragingState> state) {
        this.state = state;
    }

    @Override
    public ComputationGraph getInitialModelGraph() {
        ComputationGraph network = WorkerNetworks.take(state.value().configuration());
        state.value().restore(network);
        return network;
    }

    /** Leaves the network to the next round of this JVM. */
    void release(ComputationGraph network) {
        WorkerNetworks.giveBack(state.value().configuration(), network);
    }

    /** Trains on one minibatch; the result, if it is the last, is where the worker arrived. */
    @Override
    public @Nullable AveragingResult processMinibatch(DataSet minibatch, ComputationGraph network, boolean isLast) {
        double loss = head(network).step(minibatch.getFeatures(), minibatch.getLabels());
        steps++;
        examples += minibatch.numExamples();
        lossSum += loss * minibatch.numExamples();
        return isLast ? getFinalResult(network) : null;
    }

    private TrainingHead head(ComputationGraph network) {
        TrainingHead known = head;
        if (known == null) {
            known = TrainingHead.alone(network);
            head = known;
        }
        return known;
    }

    @Override
    public AveragingResult getFinalResult(ComputationGraph network) {
        float[] parameters = FloatArrays.values(network.params());
        return new AveragingResult(parameters, AveragingState.updaterState(network), steps, examples, lossSum);
    }

    @Override
    public AveragingResult getFinalResultNoData() {
        return AveragingResult.withoutExamples();
    }

    @Override
    public WorkerConfiguration getDataConfiguration() {
        return new WorkerConfiguration(true, -1, 0, 0, 0, false);
    }

    @Override
    public long getInstanceId() {
        return state.id();
    }

    @Override
    public AveragingResult processMinibatch(MultiDataSet minibatch, ComputationGraph network, boolean isLast) {
        throw refused("several inputs");
    }

    @Override
    public AveragingResult processMinibatch(DataSet minibatch, MultiLayerNetwork network, boolean isLast) {
        throw refused("a MultiLayerNetwork");
    }

    @Override
    public MultiLayerNetwork getInitialModel() {
        throw refused("a MultiLayerNetwork");
    }

    @Override
    public AveragingResult getFinalResult(MultiLayerNetwork network) {
        throw refused("a MultiLayerNetwork");
    }

    @Override
    public Pair<AveragingResult, SparkTrainingStats> processMinibatchWithStats(
            DataSet minibatch, MultiLayerNetwork network, boolean isLast) {
        throw refused("statistics");
    }

    @Override
    public Pair<AveragingResult, SparkTrainingStats> processMinibatchWithStats(
            DataSet minibatch, ComputationGraph network, boolean isLast) {
        throw refused("statistics");
    }

    @Override
    public Pair<AveragingResult, SparkTrainingStats> processMinibatchWithStats(
            MultiDataSet minibatch, ComputationGraph network, boolean isLast) {
        throw refused("statistics");
    }

    @Override
    public Pair<AveragingResult, SparkTrainingStats> getFinalResultNoDataWithStats() {
        throw refused("statistics");
    }

    @Override
    public Pair<AveragingResult, SparkTrainingStats> getFinalResultWithStats(MultiLayerNetwork network) {
        throw refused("statistics");
    }

    @Override
    public Pair<AveragingResult, SparkTrainingStats> getFinalResultWithStats(ComputationGraph network) {
        throw refused("statistics");
    }

    @Override
    public void addHook(TrainingHook hook) {
        throw refused("hooks");
    }

    @Override
    public void removeHook(TrainingHook hook) {
        throw refused("hooks");
    }

    static UnsupportedOperationException refused(String what) {
        return new UnsupportedOperationException("Cannot train with " + what
                + ": Graft averages ComputationGraphs of one input; dl4j-spark's interface asks for more");
    }
}
