package dev.graft.predict;

import dev.graft.decode.DecodeSettings;
import dev.graft.forward.ImageNetwork;
import dev.graft.forward.Views;
import dev.graft.spark.Progress;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** Runs a classifier over the images of a manifest, across executors. */
public final class Predictor {
    private final SparkSession spark;
    private final DecodeSettings decode;
    private final int batch;
    private final Progress progress;

    /** @param batch images in one forward pass */
    public Predictor(SparkSession spark, DecodeSettings decode, int batch, Progress progress) {
        this.spark = spark;
        this.decode = decode;
        this.batch = batch;
        this.progress = progress;
    }

    /**
     * Predicts the class of every image that can be decoded.
     *
     * @param manifest a table as {@link dev.graft.manifest.ManifestReader} returns it
     */
    public Predictions predict(Dataset<Row> manifest, Classifier classifier) {
        PredictionRows rows = new PredictionRows(manifest.schema(), classifier.labels());
        spark.sparkContext().setJobDescription("Predict");
        long images = manifest.count();
        ImageNetwork network =
                new ImageNetwork(spark, classifier.frozen(), classifier.inputSize(), Views.PLAIN, decode, batch);
        try (Progress.Task task = progress.begin("Predict", images, "images", network::done)) {
            int tasks = (int) Math.max(1, Math.min(images, spark.sparkContext().defaultParallelism() * 4L));
            Dataset<Row> outcomes = network.map(
                            manifest.repartition(tasks, manifest.col(PredictionColumns.URI)), rows.schema(), rows)
                    .persist(StorageLevel.MEMORY_AND_DISK());
            return new Predictions(outcomes, network, images);
        } finally {
            spark.sparkContext().setJobDescription(null);
        }
    }
}
