package dev.graft.train;

import dev.graft.averaging.Classes;
import dev.graft.averaging.ExampleSource;
import dev.graft.features.FeatureColumns;
import dev.graft.settings.Seeds;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.nd4j.linalg.dataset.DataSet;

/** Training examples from a feature store; where it has several views of an image, each epoch takes the next. */
final class StoredExamples implements ExampleSource {
    private final List<Shards> views = new ArrayList<>();
    private final int workers;
    private final long seed;

    /**
     * Deals the examples of a table.
     *
     * @param table rows with uri, label, view and features
     * @param views how many views of each image it has
     * @param seed of the order of examples
     */
    StoredExamples(Dataset<Row> table, int views, Classes classes, int workers, long seed) {
        this.workers = workers;
        this.seed = seed;
        for (int view = 0; view < views; view++) {
            Dataset<Row> ofView = views == 1
                    ? table
                    : table.where(table.col(FeatureColumns.VIEW).equalTo(view));
            this.views.add(Shards.deal(ofView, classes, workers));
        }
    }

    @Override
    public long[] classCounts() {
        return views.get(0).shares().classCounts();
    }

    @Override
    public int workers() {
        return workers;
    }

    @Override
    public long largestShare() {
        return views.get(0).shares().largest();
    }

    @Override
    public JavaRDD<DataSet> minibatches(int epoch, int batch, int first, int count) {
        Shards view = views.get((epoch - 1) % views.size());
        return minibatches(view.rdd(), Seeds.mix(seed, epoch), batch, first, count);
    }

    /** Minibatches of shards, each shard in an order of its own. */
    static JavaRDD<DataSet> minibatches(JavaRDD<Shard> shards, long order, int batch, int first, int count) {
        return shards.mapPartitionsWithIndex(
                (worker, shard) -> shard.next().minibatches(Seeds.mix(order, worker), batch, first, count), true);
    }

    @Override
    public void close() {
        views.forEach(Shards::close);
    }
}
