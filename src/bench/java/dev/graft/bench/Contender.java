package dev.graft.bench;

import java.io.IOException;

/**
 * One of those compared. It runs in a JVM of its own, made there by its constructor of a {@code String[]}; what that
 * constructor does is never timed.
 */
interface Contender extends AutoCloseable {
    /**
     * What it computes on the input that all contenders share, to be compared with theirs before time counts; empty if
     * there is nothing to compare.
     */
    float[] output() throws IOException;

    /** Does a fixed amount of work and returns how many items (images, floating point operations) that was. */
    double round() throws IOException;

    @Override
    void close() throws IOException;
}
