package dev.graft.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which buffer holds the output of which step, so that memory is used again as soon as nobody reads it any more. */
final class BufferPlan {
    private final List<Long> sizes = new ArrayList<>();
    private final List<Boolean> free = new ArrayList<>();
    private final int[] bufferOfStep;
    private final int[] lastReader;
    private int inputBuffer;

    private BufferPlan(int steps) {
        this.bufferOfStep = new int[steps];
        this.lastReader = new int[steps + 1];
    }

    static BufferPlan of(List<Step> steps, long inputValues) {
        BufferPlan plan = new BufferPlan(steps.size());
        plan.findLastReaders(steps);
        plan.inputBuffer = plan.take(inputValues);
        for (int i = 0; i < steps.size(); i++) {
            plan.place(i, steps.get(i));
        }
        return plan;
    }

    /** Buffer sizes in values for each image of a batch. */
    List<Long> sizes() {
        return sizes;
    }

    int inputBuffer() {
        return inputBuffer;
    }

    int buffer(int step) {
        return step == Step.NETWORK_INPUT ? inputBuffer : bufferOfStep[step];
    }

    private void findLastReaders(List<Step> steps) {
        Arrays.fill(lastReader, -1);
        for (int i = 0; i < steps.size(); i++) {
            for (int input : steps.get(i).inputs()) {
                lastReader[input + 1] = i;
            }
        }
        lastReader[steps.size()] = steps.size();
    }

    private void place(int index, Step step) {
        int overwritten = step.operation().inPlace() ? lastRead(index, step) : -1;
        bufferOfStep[index] = overwritten >= 0 ? overwritten : take(step.valuesPerImage());
        for (int input : step.inputs()) {
            if (lastReader[input + 1] == index && buffer(input) != bufferOfStep[index]) {
                free.set(buffer(input), true);
            }
        }
    }

    /** The buffer of an input that no later step reads, or -1. */
    private int lastRead(int index, Step step) {
        for (int input : step.inputs()) {
            if (lastReader[input + 1] == index) {
                return buffer(input);
            }
        }
        return -1;
    }

    private int take(long values) {
        int best = -1;
        for (int i = 0; i < sizes.size(); i++) {
            if (free.get(i) && (best < 0 || fitsBetter(sizes.get(i), sizes.get(best), values))) {
                best = i;
            }
        }
        if (best < 0) {
            sizes.add(values);
            free.add(false);
            return sizes.size() - 1;
        }
        sizes.set(best, Math.max(sizes.get(best), values));
        free.set(best, false);
        return best;
    }

    /** The smallest that is large enough; failing that, the largest, which grows the least. */
    private static boolean fitsBetter(long candidate, long best, long values) {
        if (candidate >= values) {
            return best < values || candidate < best;
        }
        return best < values && candidate > best;
    }
}
