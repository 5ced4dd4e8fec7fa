package dev.graft.averaging;

import java.util.List;
import java.util.stream.LongStream;

/**
 * How examples are dealt.
 *
 * @param counts of each class, worker by worker
 * @param classes how many there are
 */
public record Shares(List<long[]> counts, int classes) {
    public Shares {
        counts = List.copyOf(counts);
    }

    /** How many there are of each class. */
    public long[] classCounts() {
        long[] sums = new long[classes];
        for (long[] ofWorker : counts) {
            for (int i = 0; i < classes; i++) {
                sums[i] += ofWorker[i];
            }
        }
        return sums;
    }

    /** Examples of each worker. */
    public LongStream ofWorkers() {
        return counts.stream().mapToLong(ofWorker -> LongStream.of(ofWorker).sum());
    }

    /** Examples of the worker that has the most. */
    public long largest() {
        return ofWorkers().max().orElse(0);
    }

    public long count() {
        return ofWorkers().sum();
    }
}
