package dev.graft.train;

import dev.graft.settings.InvalidInputException;
import java.util.Locale;
import org.apache.spark.SparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The Java heap of an executor, which holds what trains several times over at the end of a round.
 *
 * @param bytes of the largest heap that it may have
 */
record ExecutorHeap(long bytes) {
    /** The broadcast as blocks and as arrays, the result, and a copy on its way to others. */
    private static final int COPIES = 5;
    /** For Spark, the images of a round, and everything else. */
    private static final long REST = 512L << 20;

    private static final double GIB = 1L << 30;

    static ExecutorHeap of(SparkContext spark) {
        return new ExecutorHeap(
                spark.isLocal()
                        ? Runtime.getRuntime().maxMemory()
                        : spark.conf().getSizeAsBytes("spark.executor.memory", "1g"));
    }

    /** Refuses a network that would end with an OutOfMemoryError on the executors, hours later perhaps. */
    void requireRoomFor(ComputationGraph network) {
        INDArray updaterState = network.getUpdater().getUpdaterStateViewArray();
        long values = network.numParams() + (updaterState == null ? 0 : updaterState.length());
        long needed = COPIES * Float.BYTES * values + REST;
        if (needed > bytes) {
            throw new InvalidInputException(String.format(
                    Locale.ROOT,
                    "Cannot train %,d parameters: with the updater's state an executor needs a heap of about %.1f GiB,"
                            + " and it has %.1f (raise spark.executor.memory, in local mode spark.driver.memory, or"
                            + " freeze more layers)",
                    network.numParams(),
                    needed / GIB,
                    bytes / GIB));
        }
    }
}
