package dev.graft.train;

import dev.graft.decode.DecodeSettings;
import dev.graft.forward.Accounting;
import dev.graft.forward.DecodedImages;
import dev.graft.forward.Rejection;
import dev.graft.manifest.ImageCounts;
import dev.graft.manifest.Split;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The images that train and those that are scored, decoded once and held by the executors. */
record TrainingImages(SparkSession spark, DecodedImages training, DecodedImages validation) implements AutoCloseable {

    /** @param workers 0 for one on each core */
    static TrainingImages decode(
            SparkSession spark, Dataset<Row> manifest, int workers, int inputSize, DecodeSettings decode) {
        int partitions = workers > 0 ? workers : spark.sparkContext().defaultParallelism();
        spark.sparkContext().setJobDescription("Decode images");
        return new TrainingImages(
                spark,
                DecodedImages.of(spark, Split.TRAIN.of(manifest), partitions, inputSize, decode),
                DecodedImages.of(spark, Split.VALIDATION.of(manifest), partitions, inputSize, decode));
    }

    DecodedCounts counts() {
        Accounting all = training.accounting().and(validation.accounting());
        ImageCounts decoded =
                new ImageCounts(Map.of(Split.TRAIN, training.labels(), Split.VALIDATION, validation.labels()));
        return new DecodedCounts(
                all,
                decoded,
                all.rejected() == 0 ? List.of() : rejections(),
                training.contents(spark, Split.TRAIN).union(validation.contents(spark, Split.VALIDATION)));
    }

    /** How many images were rejected for each reason; empty when none were. */
    String rejects() {
        return Rejection.counts(rejections());
    }

    private List<Rejection> rejections() {
        return Rejection.both(training.rejections(), validation.rejections());
    }

    @Override
    public void close() {
        training.close();
        validation.close();
    }
}
