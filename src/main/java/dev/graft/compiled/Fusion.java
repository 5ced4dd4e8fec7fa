package dev.graft.compiled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Merges a convolution with what is done to its result: the activation that follows it, and the addition of a residual
 * connection. A convolution that is added to something waits until that something is there.
 */
final class Fusion {
    private static final int NONE = -2;

    private final List<Step> steps;
    private final List<List<Integer>> readers = new ArrayList<>();
    /** For an addition, the convolution that adds up in the memory of the other input; else {@link #NONE}. */
    private final int[] accumulated;
    /** The fused step that gives a step's output. */
    private final int[] fusedStep;

    private final List<FusedStep> fused = new ArrayList<>();

    private Fusion(List<Step> steps) {
        this.steps = steps;
        this.accumulated = new int[steps.size()];
        this.fusedStep = new int[steps.size()];
        Arrays.fill(accumulated, NONE);
        findReaders();
    }

    /** Fuses the steps of a network; the last step's output is still the last's. */
    static List<FusedStep> of(List<Step> steps) {
        Fusion fusion = new Fusion(steps);
        fusion.findAccumulations();
        return fusion.fuse();
    }

    /** Fuses activations alone, so that every other step's output is still there when gradients are computed. */
    static List<FusedStep> ofActivations(List<Step> steps) {
        return new Fusion(steps).fuse();
    }

    private List<FusedStep> fuse() {
        for (int i = 0; i < steps.size(); i++) {
            fuse(i);
        }
        return fused;
    }

    private void findReaders() {
        for (int i = 0; i < steps.size(); i++) {
            readers.add(new ArrayList<>());
            for (int input : steps.get(i).inputs()) {
                if (input != Step.NETWORK_INPUT) {
                    readers.get(input).add(i);
                }
            }
        }
    }

    private void findAccumulations() {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).operation() instanceof Operation.Add) {
                int[] inputs = steps.get(i).inputs();
                int later = Math.max(inputs[0], inputs[1]);
                int earlier = Math.min(inputs[0], inputs[1]);
                if (canAccumulate(later, earlier, i)) {
                    accumulated[i] = later;
                } else if (canAccumulate(earlier, later, i)) {
                    accumulated[i] = earlier;
                }
            }
        }
    }

    /** Whether a step is a convolution for an addition alone, and what it is added to is not needed afterwards. */
    private boolean canAccumulate(int convolution, int target, int addition) {
        return convolution != target
                && isConvolutionFor(addition, convolution)
                && target != Step.NETWORK_INPUT
                && readers.get(target).stream().allMatch(reader -> reader <= addition && !mayWait(reader));
    }

    /** Whether a step may wait for an addition that comes later. */
    private boolean mayWait(int step) {
        return readers.get(step).size() == 1
                && isConvolutionFor(onlyReader(step), step)
                && steps.get(onlyReader(step)).operation() instanceof Operation.Add;
    }

    private boolean isConvolutionFor(int reader, int step) {
        return step != Step.NETWORK_INPUT
                && steps.get(step).operation() instanceof Operation.Convolution
                && readers.get(step).equals(List.of(reader));
    }

    private int onlyReader(int step) {
        return readers.get(step).get(0);
    }

    private void fuse(int index) {
        Step step = steps.get(index);
        if (isAbsorbed(index)) {
            return;
        }
        if (accumulated[index] != NONE) {
            Step convolution = steps.get(accumulated[index]);
            int target = step.inputs()[0] == accumulated[index] ? step.inputs()[1] : step.inputs()[0];
            add(index, convolution.operation(), true, fused(convolution.inputs()[0]), fused(target));
        } else {
            add(index, step.operation(), false, fused(step.inputs()));
        }
    }

    /** Whether another step does this one's work: an addition, or the convolution before an activation. */
    private boolean isAbsorbed(int index) {
        if (readers.get(index).size() == 1 && accumulated[onlyReader(index)] == index) {
            return true;
        }
        int input = steps.get(index).inputs()[0];
        return input != Step.NETWORK_INPUT && readers.get(input).size() == 1 && activationOf(input) != null;
    }

    private void add(int index, Operation operation, boolean accumulates, int... inputs) {
        fusedStep[index] = fused.size();
        Operation.Relu activation = activationOf(index);
        if (activation != null) {
            fusedStep[onlyReader(index)] = fused.size();
        }
        fused.add(new FusedStep(
                operation, accumulates, activation, steps.get(index).shape(), inputs));
    }

    /** The activation that can be done along with a step: it alone reads the step's output. */
    private Operation.@Nullable Relu activationOf(int index) {
        Operation operation = steps.get(index).operation();
        if ((operation instanceof Operation.Weighted || accumulated[index] != NONE)
                && readers.get(index).size() == 1
                && steps.get(onlyReader(index)).operation() instanceof Operation.Relu relu) {
            return relu;
        }
        return null;
    }

    private int[] fused(int... inputs) {
        return Arrays.stream(inputs).map(this::fused).toArray();
    }

    private int fused(int input) {
        return Step.lookUp(input, fusedStep);
    }
}
