package dev.graft.pipeline;

import dev.graft.features.FeatureStore;

/** A feature store that this run alone writes to. */
public record LockedStore(FeatureStore features, RunLock lock) implements AutoCloseable {
    @Override
    public void close() {
        lock.close();
    }
}
