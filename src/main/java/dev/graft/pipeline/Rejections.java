package dev.graft.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import dev.graft.features.FeatureStore;
import dev.graft.forward.RejectColumns;
import dev.graft.forward.Rejection;
import dev.graft.predict.Predictions;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Why images were rejected, from the table that says it. */
final class Rejections {
    private Rejections() {}

    /** Those of the last extraction into a store. */
    static List<Rejection> ofLastRun(FeatureStore store, Dataset<Row> images) {
        return store.rejects(images).map(Rejections::ofLastRun).orElse(List.of());
    }

    private static List<Rejection> ofLastRun(Dataset<Row> rejects) {
        String last = rejects.agg(max(RejectColumns.RUN)).first().getString(0);
        return of(rejects.where(col(RejectColumns.RUN).equalTo(lit(last))));
    }

    /** Those of images that a model was to predict. */
    static List<Rejection> of(Predictions predictions) {
        return predictions.rejected() == 0 ? List.of() : of(predictions.rejects());
    }

    /** @param rejects rows of uri, reason and detail */
    private static List<Rejection> of(Dataset<Row> rejects) {
        String images = "images";
        String example = "example";
        return rejects
                .groupBy(RejectColumns.REASON)
                .agg(
                        count(lit(1)).as(images),
                        min(struct(RejectColumns.URI, RejectColumns.DETAIL)).as(example))
                .select(RejectColumns.REASON, images, example + ".*")
                .collectAsList()
                .stream()
                .map(row -> new Rejection(row.getString(0), row.getLong(1), row.getString(2), row.getString(3)))
                .toList();
    }
}
