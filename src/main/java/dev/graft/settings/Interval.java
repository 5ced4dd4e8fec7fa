package dev.graft.settings;

import java.io.Serializable;

/** The numbers from a lower to an upper one. */
public record Interval(double lower, double upper) implements Serializable {
    public static final Interval ZERO = new Interval(0, 0);

    public Interval {
        if (!(lower <= upper)) {
            throw new IllegalArgumentException("Invalid interval: from " + lower + " to " + upper);
        }
    }

    /** The number at a share of the way from the lower to the upper one. */
    public double at(double share) {
        return lower + share * (upper - lower);
    }

    public boolean isZero() {
        return lower == 0 && upper == 0;
    }
}
