package dev.graft.features;

import dev.graft.forward.KnownContents;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.sketch.BloomFilter;
import org.apache.spark.util.sketch.IncompatibleMergeException;
import org.jspecify.annotations.Nullable;
import scala.reflect.ClassTag$;

/**
 * The contents that a feature store has features of, as a run goes on: images that were renamed, or that are there twice,
 * take theirs from it. The driver holds about ten bits for each content.
 */
final class StoredContents implements AutoCloseable {
    private static final double FALSE_POSITIVES = 0.01;

    private final SparkSession spark;
    private final FeatureStore store;
    private final BloomFilter filter;
    private final String run;
    private final long capacity;
    private @Nullable Broadcast<KnownContents> broadcast;

    /** @param more contents that may be added */
    StoredContents(SparkSession spark, FeatureStore store, String run, long more) {
        this.spark = spark;
        this.store = store;
        this.run = run;
        Optional<Dataset<Row>> contents = store.contents();
        this.capacity = Math.max(1, more + contents.map(Dataset::count).orElse(0L));
        this.filter = contents.map(this::filterOf).orElseGet(() -> BloomFilter.create(capacity, FALSE_POSITIVES));
    }

    /** Spark makes none of a table without rows. */
    private BloomFilter filterOf(Dataset<Row> contents) {
        BloomFilter made = contents.stat().bloomFilter(FeatureColumns.CONTENT_SHA256, capacity, FALSE_POSITIVES);
        return made == null ? BloomFilter.create(capacity, FALSE_POSITIVES) : made;
    }

    /** What is known when a shard begins, for executors. */
    Broadcast<KnownContents> broadcast() {
        forget();
        Broadcast<KnownContents> sent = spark.sparkContext()
                .broadcast(
                        new KnownContents(filter, UUID.randomUUID().toString()),
                        ClassTag$.MODULE$.apply(KnownContents.class));
        broadcast = sent;
        return sent;
    }

    /** Keeps images that were not computed since their content is known, in the store until this is closed. */
    void keep(Dataset<Row> found) {
        if (!found.isEmpty()) {
            store.keepKnown(run, found);
        }
    }

    /** Learns the contents of rows of features, which the store has now. */
    void add(Dataset<Row> computed) {
        try {
            filter.mergeInPlace(filterOf(computed));
        } catch (IncompatibleMergeException e) {
            throw new IllegalStateException("Bloom filters of one size do not fit together", e);
        }
    }

    /** The images whose content was known; empty where there were none. */
    Optional<Dataset<Row>> known() {
        return store.known(run);
    }

    private void forget() {
        if (broadcast != null) {
            broadcast.destroy();
            broadcast = null;
        }
    }

    @Override
    public void close() {
        forget();
        store.forgetKnown(run);
    }
}
