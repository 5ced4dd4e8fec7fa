package dev.graft.bench;

import java.io.IOException;

/** What one thread of a {@link WorkingContender} does, on memory of its own. */
interface Worker extends AutoCloseable {
    /** See {@link Contender#output}. */
    float[] output() throws IOException;

    /** Does one piece of work, such as a batch; returns how many items that was. */
    double work() throws IOException;

    @Override
    void close() throws IOException;
}
