package dev.graft.train;

import dev.graft.averaging.Classes;
import dev.graft.averaging.Shares;
import dev.graft.features.FeatureColumns;
import dev.graft.forward.ImageValues;
import dev.graft.manifest.ManifestColumns;
import dev.graft.spark.Dealt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Features of examples, dealt to workers and held there in memory or on their disks. Which worker has which examples,
 * and in what order, depends on their uris and the number of workers alone.
 */
final class Shards implements AutoCloseable {
    private final JavaRDD<Shard> shards;
    private final Shares shares;

    private Shards(JavaRDD<Shard> shards, Classes classes) {
        this.shards = shards.persist(StorageLevel.MEMORY_AND_DISK());
        int labels = classes.labels().size();
        this.shares = new Shares(shards.map(shard -> shard.counts(labels)).collect(), labels);
    }

    /**
     * Deals the examples of a table.
     *
     * @param table rows with uri, label and features
     */
    static Shards deal(Dataset<Row> table, Classes classes, int workers) {
        Dataset<Row> rows = table.select(FeatureColumns.URI, ManifestColumns.LABEL, FeatureColumns.FEATURES);
        JavaRDD<Example> dealt = Dealt.deal(Example.of(rows, classes), Example::uri, workers);
        return of(dealt, classes);
    }

    /** The examples that images' features are, on the workers where they lie. */
    static Shards ofImages(JavaRDD<ImageValues> features, Classes classes) {
        return of(
                features.map(image -> new Example(image.uri(), classes.index(image.label()), image.values())), classes);
    }

    private static Shards of(JavaRDD<Example> examples, Classes classes) {
        int outputs = classes.outputs();
        return new Shards(examples.mapPartitions(dealt -> shard(dealt, outputs)), classes);
    }

    private static Iterator<Shard> shard(Iterator<Example> dealt, int outputs) {
        List<Example> examples = new ArrayList<>();
        dealt.forEachRemaining(examples::add);
        return Collections.singleton(Shard.of(examples, outputs)).iterator();
    }

    /** One shard for each worker, in the order of the workers. */
    JavaRDD<Shard> rdd() {
        return shards;
    }

    /** How they are dealt. */
    Shares shares() {
        return shares;
    }

    @Override
    public void close() {
        shards.unpersist();
    }
}
