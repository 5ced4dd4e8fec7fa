package dev.graft.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import dev.graft.features.FeatureStore;
import dev.graft.features.RejectColumns;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Why an extraction rejected images: the most frequent reasons, each with an example. */
final class Rejections {
    private static final int SHOWN = 5;
    private static final String IMAGES = "images";

    private Rejections() {}

    /** One line for each reason, such as {@code rejected 3: not_found, such as file:/cat/1.jpg (no such file)}. */
    static List<String> ofLastRun(FeatureStore store, Dataset<Row> images) {
        return store.rejects(images).map(Rejections::ofLastRun).orElse(List.of());
    }

    private static List<String> ofLastRun(Dataset<Row> rejects) {
        String example = "example";
        String last = rejects.agg(max(RejectColumns.RUN)).first().getString(0);
        return rejects
                .where(col(RejectColumns.RUN).equalTo(lit(last)))
                .groupBy(RejectColumns.REASON)
                .agg(
                        count(lit(1)).as(IMAGES),
                        min(struct(RejectColumns.URI, RejectColumns.DETAIL)).as(example))
                .orderBy(desc(IMAGES), col(RejectColumns.REASON))
                .limit(SHOWN)
                .collectAsList()
                .stream()
                .map(row -> line(row.getAs(RejectColumns.REASON), row.<Long>getAs(IMAGES), row.getAs(example)))
                .toList();
    }

    private static String line(String reason, long images, Row example) {
        return "rejected %d: %s, such as %s (%s)".formatted(images, reason, example.getString(0), example.getString(1));
    }
}
