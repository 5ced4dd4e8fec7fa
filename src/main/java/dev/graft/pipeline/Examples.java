package dev.graft.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.graft.features.FeatureColumns;
import dev.graft.features.FeatureStore;
import dev.graft.manifest.ImageCounts;
import dev.graft.manifest.ManifestColumns;
import dev.graft.settings.InvalidInputException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The rows of a manifest with their features: uri, label, split, content_sha256, view, features. */
public final class Examples {
    private Examples() {}

    /** Every view of every image; images that were rejected have none. */
    public static Dataset<Row> of(Dataset<Row> manifest, FeatureStore store) {
        Dataset<Row> rows = store.rows()
                .orElseThrow(
                        () -> new InvalidInputException("Cannot train: no image of the manifest can be decoded; see"
                                + " the table _rejects in " + store.uri()));
        Dataset<Row> features = rows.select(
                FeatureColumns.URI, FeatureColumns.CONTENT_SHA256, FeatureColumns.VIEW, FeatureColumns.FEATURES);
        return manifest.select(ManifestColumns.URI, ManifestColumns.LABEL, ManifestColumns.SPLIT)
                .join(features, FeatureColumns.URI);
    }

    /** Every image of the manifest: uri, label, split and content_sha256, which is null for those that were rejected. */
    public static Dataset<Row> index(Dataset<Row> manifest, FeatureStore store) {
        Dataset<Row> images = manifest.select(ManifestColumns.URI, ManifestColumns.LABEL, ManifestColumns.SPLIT);
        return store.rows()
                .map(rows -> images.join(
                        plain(rows).select(FeatureColumns.URI, FeatureColumns.CONTENT_SHA256),
                        images.col(ManifestColumns.URI).equalTo(rows.col(FeatureColumns.URI)),
                        "left"))
                .map(joined -> joined.select(
                        images.col(ManifestColumns.URI),
                        col(ManifestColumns.LABEL),
                        col(ManifestColumns.SPLIT),
                        col(FeatureColumns.CONTENT_SHA256)))
                .orElseGet(() -> images.withColumn(
                        FeatureColumns.CONTENT_SHA256, lit(null).cast("string")));
    }

    /** How many images of each class could be decoded. */
    public static ImageCounts decoded(Dataset<Row> manifest, FeatureStore store) {
        return ImageCounts.of(
                index(manifest, store).where(col(FeatureColumns.CONTENT_SHA256).isNotNull()));
    }

    /** The images as they are, without augmented views. */
    public static Dataset<Row> plain(Dataset<Row> examples) {
        return examples.where(col(FeatureColumns.VIEW).equalTo(0));
    }
}
