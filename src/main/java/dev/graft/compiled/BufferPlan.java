package dev.graft.compiled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which buffer holds which value, so that memory is used again as soon as nobody reads it any more. */
final class BufferPlan {
    private final List<Long> sizes = new ArrayList<>();
    private final List<Boolean> free = new ArrayList<>();
    private final int[] bufferOfValue;
    private final int[] lastReader;
    private int inputBuffer;

    /**
     * A value that is computed from others.
     *
     * @param size in whatever unit the plan is made in
     * @param overwritable how many of the inputs, from the first, it may be written over
     * @param inputs the values that it is computed from, {@link Step#NETWORK_INPUT} being the network's input
     */
    record Value(long size, int overwritable, int... inputs) {}

    private BufferPlan(int values) {
        this.bufferOfValue = new int[values];
        this.lastReader = new int[values + 1];
    }

    /** Plans for values in the order in which they are computed; the last outlives all. */
    static BufferPlan of(List<Value> values, long inputSize) {
        BufferPlan plan = new BufferPlan(values.size());
        plan.findLastReaders(values);
        plan.inputBuffer = plan.take(inputSize);
        for (int i = 0; i < values.size(); i++) {
            plan.place(i, values.get(i));
        }
        return plan;
    }

    /** Sizes of the buffers. */
    List<Long> sizes() {
        return sizes;
    }

    int inputBuffer() {
        return inputBuffer;
    }

    int buffer(int value) {
        return value == Step.NETWORK_INPUT ? inputBuffer : bufferOfValue[value];
    }

    private void findLastReaders(List<Value> values) {
        Arrays.fill(lastReader, -1);
        for (int i = 0; i < values.size(); i++) {
            for (int input : values.get(i).inputs()) {
                lastReader[input + 1] = i;
            }
        }
        lastReader[values.size()] = values.size();
    }

    private void place(int index, Value value) {
        int overwritten = lastRead(index, value);
        bufferOfValue[index] = overwritten >= 0 ? overwritten : take(value.size());
        for (int input : value.inputs()) {
            if (lastReader[input + 1] == index && buffer(input) != bufferOfValue[index]) {
                free.set(buffer(input), true);
            }
        }
    }

    /** The buffer of an input that may be written over and that no later value is computed from, or -1. */
    private int lastRead(int index, Value value) {
        for (int i = 0; i < value.overwritable(); i++) {
            int input = value.inputs()[i];
            if (lastReader[input + 1] == index) {
                return buffer(input);
            }
        }
        return -1;
    }

    private int take(long size) {
        int best = -1;
        for (int i = 0; i < sizes.size(); i++) {
            if (free.get(i) && (best < 0 || fitsBetter(sizes.get(i), sizes.get(best), size))) {
                best = i;
            }
        }
        if (best < 0) {
            sizes.add(size);
            free.add(false);
            return sizes.size() - 1;
        }
        sizes.set(best, Math.max(sizes.get(best), size));
        free.set(best, false);
        return best;
    }

    /** The smallest that is large enough; failing that, the largest, which grows the least. */
    private static boolean fitsBetter(long candidate, long best, long size) {
        if (candidate >= size) {
            return best < size || candidate < best;
        }
        return best < size && candidate > best;
    }
}
