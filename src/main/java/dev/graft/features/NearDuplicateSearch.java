package dev.graft.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.xxhash64;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Finds images of one set that look like an image of another: the cosine of the angle between their features is near one.
 * Some images of the first set, drawn by a hash of their uris, are held against all of the second, exactly.
 */
public final class NearDuplicateSearch {
    private static final int BATCH = 256;
    private static final int EXAMPLES = 12;
    private static final String FIRST = "first";
    private static final String SECOND = "second";
    private static final String SIMILARITY = "similarity";
    private static final String NEAREST = "nearest";
    private static final StructType PAIRS = new StructType()
            .add(FIRST, DataTypes.StringType)
            .add(SECOND, DataTypes.StringType)
            .add(SIMILARITY, DataTypes.DoubleType);

    private final double similarity;
    private final int most;

    /**
     * @param similarity from which two images are near duplicates, at most 1
     * @param most images of the first set; their features must fit into memory, on the driver and on each executor
     */
    public NearDuplicateSearch(double similarity, int most) {
        this.similarity = similarity;
        this.most = most;
    }

    /**
     * Looks for near duplicates that are not the same content.
     *
     * @param first rows with uri, content_sha256 and features
     * @param second the same
     */
    public NearDuplicates across(Dataset<Row> first, Dataset<Row> second) {
        List<Row> drawn = columns(first)
                .orderBy(xxhash64(col(FeatureColumns.URI)), col(FeatureColumns.URI))
                .limit(most)
                .collectAsList();
        if (drawn.isEmpty()) {
            return new NearDuplicates(0, 0, List.of());
        }
        Broadcast<Drawn> broadcast = JavaSparkContext.fromSparkContext(
                        first.sparkSession().sparkContext())
                .broadcast(Drawn.of(drawn));
        try {
            double least = similarity;
            Dataset<Row> pairs = columns(second)
                    .mapPartitions(
                            (MapPartitionsFunction<Row, Row>) rows -> new Pairs(broadcast.value(), rows, least),
                            Encoders.row(PAIRS));
            return summary(drawn.size(), pairs);
        } finally {
            broadcast.destroy();
        }
    }

    private static Dataset<Row> columns(Dataset<Row> rows) {
        return rows.select(FeatureColumns.URI, FeatureColumns.CONTENT_SHA256, FeatureColumns.FEATURES);
    }

    private static NearDuplicates summary(long looked, Dataset<Row> pairs) {
        Dataset<Row> nearest = pairs.groupBy(FIRST)
                .agg(max(struct(col(SIMILARITY), col(SECOND))).as(NEAREST))
                .select(col(FIRST), col(NEAREST + "." + SECOND), col(NEAREST + "." + SIMILARITY))
                .persist();
        try {
            long found = nearest.agg(count(lit(1))).first().getLong(0);
            List<NearDuplicates.Pair> examples =
                    nearest.orderBy(desc(SIMILARITY), col(FIRST)).limit(EXAMPLES).collectAsList().stream()
                            .map(row -> new NearDuplicates.Pair(row.getString(0), row.getString(1), row.getDouble(2)))
                            .toList();
            return new NearDuplicates(looked, found, examples);
        } finally {
            nearest.unpersist();
        }
    }

    /** The images of the first set, as they travel to executors. */
    @DefaultSerializer(JavaSerializer.class)
    private record Drawn(String[] uris, String[] contents, float[] features, int width)
            implements java.io.Serializable {
        static Drawn of(List<Row> rows) {
            int width = rows.get(0).getList(2).size();
            float[] features = new float[Math.multiplyExact(rows.size(), width)];
            for (int i = 0; i < rows.size(); i++) {
                copy(rows.get(i).getList(2), features, i * width);
            }
            return new Drawn(
                    rows.stream().map(row -> row.getString(0)).toArray(String[]::new),
                    rows.stream().map(row -> row.getString(1)).toArray(String[]::new),
                    features,
                    width);
        }
    }

    private static void copy(List<Float> values, float[] target, int start) {
        for (int i = 0; i < values.size(); i++) {
            target[start + i] = values.get(i);
        }
    }

    /** The pairs of a partition, found a batch at a time. */
    private static final class Pairs implements Iterator<Row> {
        private final Drawn drawn;
        private final CosineSimilarity similarity;
        private final Iterator<Row> rows;
        private final double least;
        private Iterator<Row> found = List.<Row>of().iterator();

        Pairs(Drawn drawn, Iterator<Row> rows, double least) {
            this.drawn = drawn;
            this.similarity = new CosineSimilarity(drawn.features(), drawn.width());
            this.rows = rows;
            this.least = least;
        }

        @Override
        public boolean hasNext() {
            while (!found.hasNext() && rows.hasNext()) {
                List<Row> batch = new ArrayList<>();
                while (batch.size() < BATCH && rows.hasNext()) {
                    batch.add(rows.next());
                }
                found = pairs(batch).iterator();
            }
            return found.hasNext();
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return found.next();
        }

        private List<Row> pairs(List<Row> batch) {
            float[] features = new float[batch.size() * drawn.width()];
            for (int i = 0; i < batch.size(); i++) {
                copy(batch.get(i).getList(2), features, i * drawn.width());
            }
            float[] cosines = similarity.to(features);
            int columns = drawn.uris().length;
            List<Row> pairs = new ArrayList<>();
            for (int i = 0; i < cosines.length; i++) {
                Row row = batch.get(i / columns);
                int other = i % columns;
                if (cosines[i] >= least && !row.getString(1).equals(drawn.contents()[other])) {
                    double cosine = Math.min(1, cosines[i]);
                    pairs.add(RowFactory.create(drawn.uris()[other], row.getString(0), cosine));
                }
            }
            return pairs;
        }
    }
}
