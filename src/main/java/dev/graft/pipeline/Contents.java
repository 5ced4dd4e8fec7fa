package dev.graft.pipeline;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.graft.features.FeatureColumns;
import dev.graft.manifest.ManifestColumns;
import dev.graft.manifest.Split;
import dev.graft.report.DataFindings.Ambiguous;
import dev.graft.report.DataFindings.LabelledTwice;
import dev.graft.report.DataFindings.SharedContents;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Images that are the same byte for byte.
 *
 * @param index uri, label, split and content_sha256 of every image, as {@link Examples#index} gives them
 */
record Contents(Dataset<Row> index) {
    private static final int EXAMPLES = 12;

    /**
     * Test images whose content stands among the training images too.
     *
     * @param testImages how many there are in all
     */
    SharedContents shared(long testImages) {
        String trained = "trained";
        Dataset<Row> training =
                Split.TRAIN.of(index).select(col(FeatureColumns.CONTENT_SHA256).as(trained));
        Dataset<Row> shared = Split.TEST
                .of(index)
                .join(training, col(FeatureColumns.CONTENT_SHA256).equalTo(col(trained)), "left_semi");
        List<String> first =
                shared.select(ManifestColumns.URI).orderBy(ManifestColumns.URI).limit(EXAMPLES).collectAsList().stream()
                        .map(row -> row.getString(0))
                        .toList();
        return new SharedContents(testImages, shared.count(), first);
    }

    /**
     * Images whose content stands under another label too.
     *
     * @param all how many there are in all
     */
    Ambiguous ambiguous(long all) {
        String labels = "labels";
        String many = "many";
        String first = "first";
        String last = "last";
        Column file = struct(col(ManifestColumns.LABEL), col(ManifestColumns.URI));
        Dataset<Row> contents = index.where(col(FeatureColumns.CONTENT_SHA256).isNotNull())
                .groupBy(FeatureColumns.CONTENT_SHA256)
                .agg(
                        count_distinct(col(ManifestColumns.LABEL)).as(labels),
                        count(lit(1)).as(many),
                        min(file).as(first),
                        max(file).as(last))
                .where(col(labels).gt(1));
        List<LabelledTwice> examples = contents
                .select(first + ".*", last + ".*")
                .orderBy(col(first + "." + ManifestColumns.URI))
                .limit(EXAMPLES)
                .collectAsList()
                .stream()
                .map(row -> new LabelledTwice(row.getString(1), row.getString(0), row.getString(3), row.getString(2)))
                .toList();
        long images = contents.agg(coalesce(sum(many), lit(0L))).first().getLong(0);
        return new Ambiguous(images, all, examples);
    }

    /** Warnings that what tests a model was trained on, and that one picture has two labels; looked for in one go. */
    List<String> warnings() {
        String leaked = "leaked";
        String twice = "twice";
        Column isTest = col(ManifestColumns.SPLIT).equalTo(Split.TEST.columnValue());
        Column isTraining = col(ManifestColumns.SPLIT).equalTo(Split.TRAIN.columnValue());
        Row found = index.where(col(FeatureColumns.CONTENT_SHA256).isNotNull())
                .groupBy(FeatureColumns.CONTENT_SHA256)
                .agg(
                        count(lit(1)).as("images"),
                        count(when(isTest, 1)).as("test"),
                        count(when(isTraining, 1)).as("training"),
                        count_distinct(col(ManifestColumns.LABEL)).as("labels"),
                        min(when(isTest, col(ManifestColumns.URI))).as("test_example"),
                        min(ManifestColumns.URI).as("example"))
                .withColumn(leaked, col("training").gt(0).and(col("test").gt(0)))
                .withColumn(twice, col("labels").gt(1))
                .agg(
                        coalesce(sum(when(col(leaked), col("test"))), lit(0L)),
                        coalesce(sum("test"), lit(0L)),
                        min(when(col(leaked), col("test_example"))),
                        coalesce(sum(when(col(twice), col("images"))), lit(0L)),
                        min(when(col(twice), col("example"))))
                .first();
        List<String> warnings = new ArrayList<>();
        if (found.getLong(0) > 0) {
            warnings.add(
                    "Warning: %d of %d test images that can be decoded stand among the training images too, such as %s"
                            .formatted(found.getLong(0), found.getLong(1), found.getString(2)));
        }
        if (found.getLong(3) > 0) {
            warnings.add("Warning: %d images have a content that also stands under another label, such as %s"
                    .formatted(found.getLong(3), found.getString(4)));
        }
        return warnings;
    }
}
