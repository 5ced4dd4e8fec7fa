package dev.graft.train;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.TestSpark;
import dev.graft.forward.ExecutorHeap;
import dev.graft.settings.InvalidInputException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;

class TrainingHeapTest {
    private static final long MIB = 1L << 20;

    private final ComputationGraph head = Head.untrained(
            1 << 20,
            1,
            TestTraining.head(),
            TestTraining.head().training().learningRate(1e-3, 1),
            new LossSettings(null, 0));

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
