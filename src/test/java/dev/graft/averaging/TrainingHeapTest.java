package dev.graft.averaging;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.TestSpark;
import dev.graft.base.Layout;
import dev.graft.forward.ExecutorHeap;
import dev.graft.settings.InvalidInputException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class TrainingHeapTest {
    private static final long MIB = 1L << 20;

    private final ComputationGraph head = head();

    private static ComputationGraph head() {
        ComputationGraph head = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .updater(new Adam(1e-3))
                .graphBuilder()
                .addInputs(Layout.FEATURES)
                .addLayer(
                        Layout.LOGITS,
                        new OutputLayer.Builder(LossFunction.XENT)
                                .nIn(1 << 20)
                                .nOut(1)
                                .activation(Activation.SIGMOID)
                                .build(),
                        Layout.FEATURES)
                .setOutputs(Layout.LOGITS)
                .build());
        head.init();
        return head;
    }

    /** A million weights, each with two moments: 12 MiB, of which there are five copies. */
    @Test
    void whatDoesNotFitIsRefusedBeforeItTrains() {
        assertThatThrownBy(() -> TrainingHeap.requireRoomFor(head, new ExecutorHeap(550 * MIB, 1, 1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "Cannot train 1,048,577 parameters: with the updater's state an executor needs a"
                                + " heap of about 0.6 GiB, and it has 0.5 (raise spark.executor.memory");
        assertThatCode(() -> TrainingHeap.requireRoomFor(head, new ExecutorHeap(580 * MIB, 1, 1)))
                .doesNotThrowAnyException();
        assertThatCode(() -> TrainingHeap.requireRoomFor(
                        head, ExecutorHeap.of(TestSpark.session().sparkContext())))
                .doesNotThrowAnyException();
    }
}
