package dev.graft.averaging;

import org.apache.spark.api.java.JavaRDD;
import org.nd4j.linalg.dataset.DataSet;

/** Training examples, dealt to workers. */
public interface ExampleSource extends AutoCloseable {
    int STEPS_ALONE = 256;

    /** How many there are of each class. */
    long[] classCounts();

    int workers();

    /** Examples of the worker that has the most. */
    long largestShare();

    /**
     * Some of an epoch's minibatches, a partition for each worker.
     *
     * @param epoch from one
     * @param batch examples in a minibatch
     * @param first of each worker's minibatches, from zero
     * @param count how many, fewer where the epoch ends
     */
    JavaRDD<DataSet> minibatches(int epoch, int batch, int first, int count);

    /** Steps of a round where one worker is alone and has nothing to average. */
    default int stepsAlone() {
        return STEPS_ALONE;
    }

    default long count() {
        long count = 0;
        for (long ofClass : classCounts()) {
            count += ofClass;
        }
        return count;
    }

    @Override
    void close();
}
