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
import dev.graft.settings.ShownText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Images that are the same byte for byte.
 *
 * @param index uri, label, split and content_sha256 of every image, as {@link Examples#index} gives them
 */
public record Contents(Dataset<Row> index) {
    private static final int EXAMPLES = 12;
    private static final String TRAINED = "trained";
    private static final String TWICE = "twice";
    private static final String IMAGES = "images";
    private static final String EXAMPLE = "example";

    /**
     * Images of a split whose content stands among the training images too.
     *
     * @param all how many images the split has
     */
    public SharedContents shared(Split split, long all) {
        Dataset<Row> training =
                Split.TRAIN.of(index).select(col(FeatureColumns.CONTENT_SHA256).as(TRAINED));
        Dataset<Row> shared = split.of(index)
                .join(training, col(FeatureColumns.CONTENT_SHA256).equalTo(col(TRAINED)), "left_semi");
        List<String> first =
                shared.select(ManifestColumns.URI).orderBy(ManifestColumns.URI).limit(EXAMPLES).collectAsList().stream()
                        .map(row -> row.getString(0))
                        .toList();
        return new SharedContents(all, shared.count(), first);
    }

    /**
     * Images whose content stands under another label too.
     *
     * @param all how many there are in all
     */
    public Ambiguous ambiguous(long all) {
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

    /** Warnings that what tests or validates a model was trained on, and that one picture has two labels. */
    List<String> warnings() {
        List<Column> columns = new ArrayList<>(in(Split.TEST));
        columns.addAll(in(Split.VALIDATION));
        columns.addAll(underTwoLabels());
        Column trained = count(when(isIn(Split.TRAIN), 1)).gt(0);
        Row found = index.where(col(FeatureColumns.CONTENT_SHA256).isNotNull())
                .groupBy(FeatureColumns.CONTENT_SHA256)
                .agg(
                        trained.as(TRAINED),
                        count(when(isIn(Split.TEST), 1)).as(images(Split.TEST)),
                        count(when(isIn(Split.VALIDATION), 1)).as(images(Split.VALIDATION)),
                        min(when(isIn(Split.TEST), col(ManifestColumns.URI))).as(example(Split.TEST)),
                        min(when(isIn(Split.VALIDATION), col(ManifestColumns.URI)))
                                .as(example(Split.VALIDATION)),
                        count(lit(1)).as(IMAGES),
                        min(ManifestColumns.URI).as(EXAMPLE),
                        count_distinct(col(ManifestColumns.LABEL)).gt(1).as(TWICE))
                .agg(columns.get(0), columns.subList(1, columns.size()).toArray(Column[]::new))
                .first();
        List<String> warnings = new ArrayList<>();
        leak(Split.TEST, found, 0).ifPresent(warnings::add);
        leak(Split.VALIDATION, found, 3).ifPresent(warnings::add);
        if (found.getLong(6) > 0) {
            warnings.add("Warning: %d images have a content that also stands under another label, such as %s"
                    .formatted(found.getLong(6), ShownText.line(found.getString(7))));
        }
        return warnings;
    }

    /** Of the images of a split: how many were trained on, how many there are, and one that was trained on. */
    private static List<Column> in(Split split) {
        return List.of(
                coalesce(sum(when(col(TRAINED), col(images(split)))), lit(0L)),
                coalesce(sum(images(split)), lit(0L)),
                min(when(col(TRAINED), col(example(split)))));
    }

    private static List<Column> underTwoLabels() {
        return List.of(coalesce(sum(when(col(TWICE), col(IMAGES))), lit(0L)), min(when(col(TWICE), col(EXAMPLE))));
    }

    private static Column isIn(Split split) {
        return col(ManifestColumns.SPLIT).equalTo(split.columnValue());
    }

    private static String images(Split split) {
        return split.columnValue() + "_" + IMAGES;
    }

    private static String example(Split split) {
        return split.columnValue() + "_" + EXAMPLE;
    }

    private static Optional<String> leak(Split split, Row found, int at) {
        return leak(
                split,
                new SharedContents(
                        found.getLong(at + 1),
                        found.getLong(at),
                        Stream.ofNullable(found.getString(at + 2)).toList()));
    }

    /** Warns of images of a split that were trained on; of nothing where there are none. */
    public static Optional<String> leak(Split split, SharedContents found) {
        return found.shared() == 0
                ? Optional.empty()
                : Optional.of(
                        "Warning: %d of %d %s images that can be decoded stand among the training images too, such as %s"
                                .formatted(
                                        found.shared(),
                                        found.testImages(),
                                        split.columnValue(),
                                        ShownText.line(found.examples().get(0))));
    }
}
