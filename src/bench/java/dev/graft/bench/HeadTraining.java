package dev.graft.bench;

import dev.graft.features.FeatureColumns;
import dev.graft.spark.Progress;
import dev.graft.manifest.ManifestColumns;
import dev.graft.manifest.Split;
import dev.graft.settings.Settings;
import dev.graft.train.HeadSettings;
import dev.graft.train.HeadTrainer;
import dev.graft.train.TrainedHead;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Trains a head with the default settings, 20 epochs, on made-up features of two classes that a plane can separate. */
final class HeadTraining implements Contender {
    private static final List<String> LABELS = List.of("left", "right");
    private static final StructType SCHEMA = new StructType()
            .add(FeatureColumns.URI, DataTypes.StringType)
            .add(ManifestColumns.LABEL, DataTypes.StringType)
            .add(ManifestColumns.SPLIT, DataTypes.StringType)
            .add(FeatureColumns.FEATURES, DataTypes.createArrayType(DataTypes.FloatType, false));

    /** For every ten examples that train there is one that validates. */
    private static final int TRAINING_SHARE = 10;
    /** Of the standard deviation of a feature: how far the classes are from the middle between them. */
    private static final double SHIFT = 0.2;

    private static final double LEAST_ACCURACY = 0.95;

    private final SparkSession spark;
    private final HeadSettings settings;
    private final int features;
    private final Dataset<Row> examples;

    /** @param arguments cores, examples that train, features of an example, and a directory for them that is not there */
    HeadTraining(String... arguments) {
        this.spark = LocalSpark.start(Integer.parseInt(arguments[0]));
        this.settings = HeadSettings.from(Settings.withDefaults());
        this.features = Integer.parseInt(arguments[2]);
        write(Long.parseLong(arguments[1]), arguments[3]);
        this.examples = spark.read().parquet(arguments[3]);
    }

    private void write(long training, String directory) {
        int width = features;
        MapFunction<Long, Row> example = index -> example(index, training, width);
        spark.range(training + training / TRAINING_SHARE)
                .map(example, Encoders.row(SCHEMA))
                .write()
                .parquet(directory);
    }

    private static Row example(long index, long training, int width) {
        SplittableRandom random = new SplittableRandom(index);
        int label = (int) (index % LABELS.size());
        float[] values = new float[width];
        for (int i = 0; i < width; i++) {
            values[i] = (float) (random.nextGaussian() + (label == i % LABELS.size() ? SHIFT : -SHIFT));
        }
        Split split = index < training ? Split.TRAIN : Split.VALIDATION;
        String uri = String.format(Locale.ROOT, "memory:/%08d", index);
        return RowFactory.create(uri, LABELS.get(label), split.columnValue(), values);
    }

    /** There is nobody to compare with; each round makes sure that the head has learned. */
    @Override
    public float[] output() {
        return new float[0];
    }

    @Override
    public double round() throws IOException {
        TrainedHead head = new HeadTrainer(spark, settings, Optional.empty(), Progress.NONE)
                .train(examples, LABELS, features, 1, epoch -> {});
        int epochs = head.epochs().size();
        double accuracy = head.epochs().get(epochs - 1).validation().accuracy();
        if (!(accuracy >= LEAST_ACCURACY)) {
            throw new IOException("Cannot count the time of a head that has not learned: its accuracy is " + accuracy);
        }
        return epochs;
    }

    @Override
    public void close() {
        spark.stop();
    }
}
