package dev.graft.averaging;

import static dev.graft.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.TestSpark;
import dev.graft.nn.SigmoidCrossEntropy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/** What parameter averaging must be equal to. */
class AveragingTest {
    private static final int FEATURES = 5;
    private final JavaSparkContext spark =
            new JavaSparkContext(TestSpark.session().sparkContext());
    private final Random random = new Random(5);

    @Test
    void oneWorkerIsLocalTrainingBitForBit() {
        List<DataSet> minibatches = minibatches(6, 4);
        ComputationGraph local = network(new Adam(1e-2));
        minibatches.forEach(local::fit);

        ComputationGraph averaged = network(new Adam(1e-2));
        AveragingMaster master = new AveragingMaster(8);
        SparkComputationGraph distributed = new SparkComputationGraph(spark, averaged, master);
        distributed.fit(spark.parallelize(minibatches.subList(0, 2), 1));
        distributed.fit(spark.parallelize(minibatches.subList(2, 6), 1));

        assertSameBits(averaged.params(), local.params());
        assertThat(AveragingState.updaterState(averaged)).isEqualTo(AveragingState.updaterState(local));
        assertThat(averaged.getConfiguration().getIterationCount()).isEqualTo(6);
    }

    @Test
    void averagingEveryStepWithSgdIsOneLargeBatch() {
        List<DataSet> minibatches = minibatches(3, 8);
        ComputationGraph local = network(new Sgd(0.1));
        local.fit(DataSet.merge(minibatches));

        ComputationGraph averaged = network(new Sgd(0.1));
        fit(averaged, spark.parallelize(minibatches, 3));

        assertThat(averaged.params().sub(local.params()).amaxNumber().doubleValue())
                .isLessThan(1e-6);
    }

    @Test
    void theMeanIsWeightedByExamples() {
        List<DataSet> unequal = List.of(minibatch(2), minibatch(10));
        ComputationGraph local = network(new Sgd(0.1));
        local.fit(DataSet.merge(unequal));

        ComputationGraph averaged = network(new Sgd(0.1));
        Round round = fit(averaged, spark.parallelize(unequal, 2));

        assertThat(averaged.params().sub(local.params()).amaxNumber().doubleValue())
                .isLessThan(1e-6);
        assertThat(round.examples()).isEqualTo(12);
    }

    @Test
    void partitionsWithoutExamplesCountNothing() {
        List<DataSet> minibatches = minibatches(2, 4);
        ComputationGraph expected = network(new Adam(1e-2));
        fit(expected, spark.parallelize(minibatches, 2));
        ComputationGraph withEmpty = network(new Adam(1e-2));
        fit(
                withEmpty,
                spark.parallelize(minibatches, 2).union(spark.emptyRDD()).union(spark.parallelize(List.of(), 3)));
        assertSameBits(withEmpty.params(), expected.params());
    }

    @Test
    void aRoundWithoutAnyExampleChangesNothing() {
        ComputationGraph network = network(new Adam(1e-2));
        var before = network.params().dup();
        Round round = fit(network, spark.parallelize(List.of(), 2));
        assertSameBits(network.params(), before);
        assertThat(round).isEqualTo(new Round(0, 0, null, 0));
    }

    @Test
    void aRoundTellsTheMeanLossAndTheBytesOfParametersAndUpdaterState() {
        List<DataSet> minibatches = minibatches(2, 4);
        ComputationGraph untrained = network(new Adam(1e-2));
        double loss = (untrained.score(minibatches.get(0), true) + untrained.score(minibatches.get(1), true)) / 2;

        Round round = fit(network(new Adam(1e-2)), spark.parallelize(minibatches, 2));

        int parameters = FEATURES + 1;
        assertThat(round.bytes()).isEqualTo(2L * 2 * (parameters + 2 * parameters) * Float.BYTES);
        assertThat(round.meanLoss()).isCloseTo(loss, within(1e-6));
    }

    @Test
    void theConfigurationIsTheSameInEveryRoundSoThatWorkersKeepTheirNetworks() {
        ComputationGraph network = network(new Adam(1e-2));
        String before = AveragingState.of(network).configuration();
        fit(network, spark.parallelize(minibatches(2, 4), 1));
        assertThat(AveragingState.of(network).configuration()).isEqualTo(before);
    }

    @Test
    void theMeanIsTheSameWhereverItIsTaken() {
        List<AveragingResult> results = new ArrayList<>();
        WeightedMean parameters = new WeightedMean();
        WeightedMean updaterState = new WeightedMean();
        for (int worker = 0; worker < 3; worker++) {
            float[] some = numbers(300_000);
            float[] more = numbers(400_001);
            results.add(new AveragingResult(some, more, 1, 5 + worker, 0, null));
            parameters.add(some, 5 + worker);
            updaterState.add(more, 5 + worker);
        }
        results.add(AveragingResult.withoutExamples());

        ResultsMean mean = ResultsMean.of(spark.parallelize(results, 4), 300_000, 400_001);

        assertThat(mean.parameters()).isEqualTo(parameters.mean());
        assertThat(mean.updaterState()).isEqualTo(updaterState.mean());
        ResultsMean none = ResultsMean.of(spark.parallelize(List.of(AveragingResult.withoutExamples()), 1), 3, 3);
        assertThat(none.parameters()).isEmpty();
    }

    private float[] numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextFloat();
        }
        return numbers;
    }

    private Round fit(ComputationGraph network, JavaRDD<DataSet> minibatches) {
        AveragingMaster master = new AveragingMaster(8);
        new SparkComputationGraph(spark, network, master).fit(minibatches);
        return master.lastRound();
    }

    private List<DataSet> minibatches(int count, int size) {
        List<DataSet> minibatches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            minibatches.add(minibatch(size));
        }
        return minibatches;
    }

    private DataSet minibatch(int size) {
        float[] features = new float[size * FEATURES];
        float[] labels = new float[size];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < size; i++) {
            labels[i] = random.nextInt(2);
        }
        return new DataSet(
                Nd4j.createFromArray(features).reshape('c', size, FEATURES),
                Nd4j.createFromArray(labels).reshape('c', size, 1));
    }

    private static ComputationGraph network(IUpdater updater) {
        ComputationGraph network = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(updater)
                .graphBuilder()
                .addInputs("in")
                .addLayer(
                        "out",
                        new OutputLayer.Builder(new SigmoidCrossEntropy())
                                .nIn(FEATURES)
                                .nOut(1)
                                .activation(Activation.IDENTITY)
                                .build(),
                        "in")
                .setOutputs("out")
                .build());
        network.init();
        return network;
    }
}
