package dev.graft.spark;

import java.util.function.LongSupplier;

/** Told how far long work has come. */
public interface Progress {
    /** Nobody watches. */
    Progress NONE = (task, total, unit, done) -> () -> {};

    /** Work under way; closed when it ends, well or not. */
    interface Task extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Work begins.
     *
     * @param task what is being done, such as {@code Extract features}
     * @param total how much there is to do
     * @param unit what is counted, such as {@code images}
     * @param done how much has been done; may be asked at any time, from any thread
     */
    Task begin(String task, long total, String unit, LongSupplier done);
}
