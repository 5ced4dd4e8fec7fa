package dev.graft.averaging;

import dev.graft.compiled.StepOutcome;
import dev.graft.nn.FloatArrays;
import java.util.Objects;
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
    private final int batch;
    private int steps;
    private long examples;
    private double lossSum;
    private transient @Nullable Stepper stepper;
    private transient @Nullable ScoreSums scores;

    /** @param batch examples in a step, at most */
    AveragingWorker(Broadcast<AveragingState> state, int batch) {
        this.state = state;
        this.batch = batch;
    }

    @Override
    public ComputationGraph getInitialModelGraph() {
        Stepper taken = WorkerNetworks.take(state.value().configuration());
        state.value().restore(taken.network());
        stepper = taken;
        return taken.network();
    }

    /** Leaves the network to the next round of this JVM. */
    void release() {
        WorkerNetworks.giveBack(state.value().configuration(), stepper());
        stepper = null;
    }

    private Stepper stepper() {
        return Objects.requireNonNull(stepper, "the worker has no network");
    }

    /** Trains on one minibatch; the result, if it is the last, is where the worker arrived. */
    @Override
    public @Nullable AveragingResult processMinibatch(DataSet minibatch, ComputationGraph network, boolean isLast) {
        float[] labels = FloatArrays.values(minibatch.getLabels());
        StepOutcome outcome = stepper().step(minibatch.getFeatures(), minibatch.getLabels(), batch);
        steps++;
        examples += minibatch.numExamples();
        lossSum += outcome.loss() * minibatch.numExamples();
        score(outcome.logits(), labels, minibatch.numExamples());
        return isLast ? getFinalResult(network) : null;
    }

    private void score(float[] logits, float[] labels, int count) {
        int outputs = logits.length / count;
        ScoreSums sums = scores == null ? new ScoreSums(outputs) : scores;
        for (int i = 0; i < count; i++) {
            sums.add(logits, i * outputs, Labels.index(labels, i * outputs, outputs));
        }
        scores = sums;
    }

    @Override
    public AveragingResult getFinalResult(ComputationGraph network) {
        float[] parameters = FloatArrays.values(network.params());
        return new AveragingResult(parameters, AveragingState.updaterState(network), steps, examples, lossSum, scores);
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
