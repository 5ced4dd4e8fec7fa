package dev.graft.train;

import dev.graft.features.FeatureColumns;
import dev.graft.manifest.ManifestColumns;
import dev.graft.manifest.Split;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * The examples of one split, dealt to workers and held there in memory or on their disks. Which worker has which
 * examples, and in what order, depends on their uris and the number of workers alone.
 */
final class Examples implements AutoCloseable {
    private final JavaRDD<Shard> shards;
    private final long largestShard;
    private final long count;

    private Examples(JavaRDD<Shard> shards) {
        this.shards = shards;
        List<Integer> sizes = shards.map(Shard::size).collect();
        this.largestShard = sizes.stream().mapToLong(Integer::longValue).max().orElse(0);
        this.count = sizes.stream().mapToLong(Integer::longValue).sum();
    }

    /** The rows of a split. */
    static Dataset<Row> of(Dataset<Row> table, Split split) {
        return table.where(table.col(ManifestColumns.SPLIT).equalTo(split.columnValue()));
    }

    /**
     * Deals the examples of a split.
     *
     * @param table rows with uri, label, split and features
     * @param labels the classes in the order of the outputs
     */
    static Examples deal(Dataset<Row> table, Split split, List<String> labels, int workers) {
        Map<String, Integer> classes = new HashMap<>();
        labels.forEach(label -> classes.put(label, classes.size()));
        int outputs = Head.outputs(labels.size());
        Dataset<Row> rows = of(table, split).select(FeatureColumns.URI, ManifestColumns.LABEL, FeatureColumns.FEATURES);
        JavaRDD<Example> ordered = Example.of(rows, classes).sortBy(Example::uri, true, workers);
        JavaRDD<Shard> shards = ordered.zipWithIndex()
                .mapToPair(indexed -> new Tuple2<>(indexed._2(), indexed._1()))
                .partitionBy(new Dealer(workers))
                .mapPartitions(dealt -> shard(dealt, outputs))
                .persist(StorageLevel.MEMORY_AND_DISK());
        return new Examples(shards);
    }

    private static Iterator<Shard> shard(Iterator<Tuple2<Long, Example>> dealt, int outputs) {
        List<Tuple2<Long, Example>> examples = new ArrayList<>();
        dealt.forEachRemaining(examples::add);
        examples.sort(Comparator.comparing(Tuple2::_1));
        return Collections.singleton(Shard.of(examples.stream().map(Tuple2::_2).toList(), outputs))
                .iterator();
    }

    /** One shard for each worker, in the order of the workers. */
    JavaRDD<Shard> shards() {
        return shards;
    }

    /** Examples of the worker that has the most. */
    long largestShard() {
        return largestShard;
    }

    long count() {
        return count;
    }

    @Override
    public void close() {
        shards.unpersist();
    }

    /** Deals examples in turn, as cards are dealt. */
    private static final class Dealer extends Partitioner {
        private static final long serialVersionUID = 1;
        private final int workers;

        Dealer(int workers) {
            this.workers = workers;
        }

        @Override
        public int numPartitions() {
            return workers;
        }

        @Override
        public int getPartition(Object index) {
            return (int) ((Long) index % workers);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Dealer that && workers == that.workers;
        }

        @Override
        public int hashCode() {
            return workers;
        }
    }
}
