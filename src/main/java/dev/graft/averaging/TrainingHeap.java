package dev.graft.averaging;

import dev.graft.forward.ExecutorHeap;
import dev.graft.settings.InvalidInputException;
import java.util.Locale;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What training takes of an executor's Java heap, which holds what trains several times over at the end of a round. */
final class TrainingHeap {
    /** The broadcast as blocks and as arrays, the result, and a copy on its way to others. */
    private static final int COPIES = 5;
    /** For Spark, the images of a round, and everything else. */
    private static final long REST = 512L << 20;

    private static final double GIB = 1L << 30;

    private TrainingHeap() {}

    /** Refuses a network that would end with an OutOfMemoryError on the executors, hours later perhaps. */
    static void requireRoomFor(ComputationGraph network, ExecutorHeap heap) {
        INDArray updaterState = network.getUpdater().getUpdaterStateViewArray();
        long values = network.numParams() + (updaterState == null ? 0 : updaterState.length());
        long needed = COPIES * Float.BYTES * values + REST;
        if (needed > heap.bytes()) {
            throw new InvalidInputException(String.format(
                    Locale.ROOT,
                    "Cannot train %,d parameters: with the updater's state an executor needs a heap of about %.1f GiB,"
                            + " and it has %.1f (raise spark.executor.memory, in local mode spark.driver.memory, or"
                            + " freeze more layers)",
                    network.numParams(),
                    needed / GIB,
                    heap.bytes() / GIB));
        }
    }
}
