package dev.graft.nn;

import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A learning rate that changes with the steps taken.
 *
 * <p>Cosine is that of Keras' {@code CosineDecay} (Loshchilov and Hutter 2017, arXiv 1608.03983): {@code initial * (1 +
 * cos(pi * step / steps)) / 2}. Step is that of Keras' {@code ExponentialDecay} with a staircase: {@code initial *
 * factor ^ floor(step / every)}.
 */
public final class LearningRate implements ISchedule {
    private static final long serialVersionUID = 1;

    /** How it changes. */
    public enum Kind {
        CONSTANT,
        COSINE,
        STEP
    }

    private final Kind kind;
    private final double initial;
    private final long steps;
    private final double factor;

    /**
     * @param steps after which cosine ends, or after each of which step changes
     * @param factor by which step changes
     */
    public LearningRate(
            @JsonProperty("kind") Kind kind,
            @JsonProperty("initial") double initial,
            @JsonProperty("steps") long steps,
            @JsonProperty("factor") double factor) {
        this.kind = kind;
        this.initial = initial;
        this.steps = Math.max(1, steps);
        this.factor = factor;
    }

    @JsonProperty("kind")
    public Kind kind() {
        return kind;
    }

    @JsonProperty("initial")
    public double initial() {
        return initial;
    }

    @JsonProperty("steps")
    public long steps() {
        return steps;
    }

    @JsonProperty("factor")
    public double factor() {
        return factor;
    }

    @Override
    public double valueAt(int iteration, int epoch) {
        return switch (kind) {
            case CONSTANT -> initial;
            case COSINE -> initial * (1 + Math.cos(Math.PI * Math.min(iteration, steps) / steps)) / 2;
            case STEP -> initial * Math.pow(factor, Math.floorDiv(iteration, steps));
        };
    }

    @Override
    public LearningRate clone() {
        return new LearningRate(kind, initial, steps, factor);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LearningRate that
                && kind == that.kind
                && Double.compare(initial, that.initial) == 0
                && steps == that.steps
                && Double.compare(factor, that.factor) == 0;
    }

    @Override
    public int hashCode() {
        return kind.hashCode() * 31 + Double.hashCode(initial);
    }
}
