package dev.graft.train;

import static dev.graft.SameBits.assertSameBits;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.graft.SameBits;
import dev.graft.TestSpark;
import dev.graft.averaging.Checkpoints;
import dev.graft.averaging.Epoch;
import dev.graft.averaging.EpochLog;
import dev.graft.base.Architecture;
import dev.graft.base.Base;
import dev.graft.base.BaseSettings;
import dev.graft.base.Layout;
import dev.graft.compiled.ForwardPass;
import dev.graft.compiled.FrozenNetwork;
import dev.graft.predict.Classifier;
import dev.graft.settings.InvalidInputException;
import dev.graft.spark.Progress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deeplearning4j.nn.api.Layer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A head on features that can be told apart, and on the base that it belongs to. */
class HeadTrainerTest {
    private static final StructType SCHEMA = new StructType()
            .add("uri", DataTypes.StringType)
            .add("label", DataTypes.StringType)
            .add("split", DataTypes.StringType)
            .add("features", DataTypes.createArrayType(DataTypes.FloatType, false));

    private final SparkSession spark = TestSpark.session();
    private final Base base = Base.open(
            new BaseSettings(
                    Architecture.XCEPTION_MINI,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(32),
                    Optional.of("block2"),
                    1),
            new Configuration());
    private final int width = base.layout().features();

    @Test
    void aHeadLearnsToTellThreeClassesApart() {
        List<String> labels = List.of("a", "b", "c");
        TrainedHead head = train(examples(labels, 90), labels, 2);
        Epoch last = head.epochs().get(head.epochs().size() - 1);
        assertThat(last.validation().accuracy()).isGreaterThan(0.9);
        assertThat(last.loss()).isLessThan(head.epochs().get(0).loss());
        List<Row> predictions =
                head.predict(examples(labels, 90)).select("label", "prediction").collectAsList();
        long right = predictions.stream()
                .filter(row -> row.getString(0).equals(row.getString(1)))
                .count();
        assertThat(right).isGreaterThan(81);
    }

    @Test
    void theSameSeedGivesTheSameHeadWhateverThePartitions() {
        List<String> labels = List.of("a", "b");
        Dataset<Row> examples = examples(labels, 60);
        TrainedHead first = train(examples.coalesce(1), labels, 2);
        TrainedHead second = train(examples.repartition(5), labels, 2);
        assertSameBits(second.network().params(), first.network().params());
    }

    @Test
    void theJoinedNetworkIsTheHeadOnTheFeaturesAndItsBaseIsUnchanged() throws IOException {
        List<String> labels = List.of("a", "b");
        TrainedHead head = train(examples(labels, 40), labels, 1);
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        head.on(base).write(zip);
        Classifier joined = Classifier.read(new ByteArrayInputStream(zip.toByteArray()), labels, 32);

        float[] pixels = new float[4 * 32 * 32 * 3];
        Random random = new Random(2);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextInt(256);
        }
        INDArray images = Nd4j.createFromArray(pixels).reshape('c', 4, 32, 32, 3);
        INDArray expected = head.network().outputSingle(base.network().outputSingle(images));
        assertThat(joined.network()
                        .outputSingle(images)
                        .sub(expected)
                        .amaxNumber()
                        .doubleValue())
                .isLessThan(1e-5);
        FrozenNetwork frozen = FrozenNetwork.of(joined.network(), Layout.LOGITS, 32, 32, 3);
        try (ForwardPass forward = frozen.compile().forwardPass(4)) {
            float[] compiled = forward.run(pixels, 4);
            for (int i = 0; i < compiled.length; i++) {
                assertThat((double) compiled[i]).isCloseTo(expected.getDouble(i), within(1e-5));
            }
        }
        for (Layer layer : base.network().getLayers()) {
            String name = layer.conf().getLayer().getLayerName();
            assertThat(SameBits.haveSameBits(joined.network().getLayer(name).paramTable(), layer.paramTable()))
                    .as(name)
                    .isTrue();
            assertThat(joined.network().getLayer(name).conf().getLayer())
                    .isEqualTo(layer.conf().getLayer());
        }
    }

    @Test
    void trainingWithoutExamplesIsRefused() {
        assertThatThrownBy(() -> train(examples(List.of("a", "b"), 0), List.of("a", "b"), 2))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Cannot train: none of the training images has features");
    }

    /** The longer it trains the worse it does on validation, whose labels are wrong. */
    @Test
    void patienceStopsTheTrainingAndGoesBackToTheBestEpoch() {
        Dataset<Row> examples = misleading();
        TrainedHead one = train(examples, Optional.empty(), "head.epochs=1");
        List<String> notes = new ArrayList<>();
        TrainedHead patient = train(examples, Optional.empty(), notes, "head.patience=2");
        assertThat(patient.epochs()).hasSize(3);
        assertThat(notes)
                .containsExactly(
                        "training on 1 worker, 8 examples a step",
                        "training ended after epoch 3 of 8, 2 epochs without a lower validation loss (patience 2); the"
                                + " weights of epoch 1 are kept");
        assertThat(patient.epochs().get(2).validation().loss())
                .isGreaterThan(patient.epochs().get(0).validation().loss());
        assertSameBits(patient.network().params(), one.network().params());
        assertThat(train(examples, Optional.empty(), "head.epochs=3").network().params())
                .isNotEqualTo(one.network().params());
    }

    @Test
    void theWeightsThatAreKeptAreSaidAlsoWhereNothingEndsEarly() {
        List<String> notes = new ArrayList<>();
        train(misleading(), Optional.empty(), notes, "head.patience=3", "head.epochs=2");
        assertThat(notes)
                .endsWith("training ended after epoch 2 of 2, 1 epoch without a lower validation loss; the weights of"
                        + " epoch 1 are kept");
    }

    @Test
    void workersThatMakeTheBatchLargerAreSaid() {
        List<String> notes = new ArrayList<>();
        train(examples(List.of("a", "b"), 60), Optional.empty(), notes, "head.workers=3", "head.epochs=1");
        train(examples(List.of("a", "b"), 60), Optional.empty(), notes, "head.epochs=0");
        assertThat(notes)
                .containsExactly("training on 3 workers, 24 examples a step (8 for each worker; head.batch is 8)");
    }

    @Test
    void aRestartKnowsWhichEpochWasTheBest(@TempDir Path directory) {
        Dataset<Row> examples = misleading();
        Optional<Checkpoints> checkpoints = Optional.of(
                Checkpoints.in(directory.resolve("checkpoints").toUri().toString(), new Configuration(), note -> {}));
        train(examples, checkpoints, "head.patience=2", "head.epochs=2");
        TrainedHead restarted = train(examples, checkpoints, "head.patience=2");
        assertThat(restarted.epochs()).extracting(Epoch::number).containsExactly(1, 2, 3);
        assertThat(restarted.network().params())
                .isEqualTo(train(examples, Optional.empty(), "head.patience=2")
                        .network()
                        .params());
    }

    private Dataset<Row> misleading() {
        Dataset<Row> examples = examples(List.of("a", "b"), 60);
        return examples.withColumn(
                "label",
                when(col("split").equalTo("train"), col("label"))
                        .otherwise(when(col("label").equalTo("a"), "b").otherwise("a")));
    }

    private TrainedHead train(Dataset<Row> examples, Optional<Checkpoints> checkpoints, String... more) {
        return train(examples, checkpoints, new ArrayList<>(), more);
    }

    private TrainedHead train(
            Dataset<Row> examples, Optional<Checkpoints> checkpoints, List<String> notes, String... more) {
        List<String> assignments = new ArrayList<>(List.of("head.epochs=8", "head.batch=8", "head.workers=1"));
        assignments.addAll(List.of(more));
        HeadSettings settings = TestTraining.head(assignments.toArray(String[]::new));
        return new HeadTrainer(spark, settings, checkpoints, Progress.NONE)
                .train(examples, List.of("a", "b"), width, 1, new EpochLog() {
                    @Override
                    public void epoch(Epoch epoch) {
                        // the head has them
                    }

                    @Override
                    public void note(String line) {
                        notes.add(line);
                    }
                });
    }

    private TrainedHead train(Dataset<Row> examples, List<String> labels, int workers) {
        HeadSettings settings = TestTraining.head(
                "head.epochs=8",
                "head.batch=8",
                "head.learning-rate=1e-2",
                "head.dropout=0.1",
                "head.averaging-frequency=3",
                "head.workers=" + workers,
                "seed=4");
        return new HeadTrainer(spark, settings, Optional.empty(), Progress.NONE)
                .train(examples, labels, width, 1, epoch -> {});
    }

    private Dataset<Row> examples(List<String> labels, int count) {
        Random random = new Random(8);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int label = i % labels.size();
            float[] features = new float[width];
            for (int j = 0; j < width; j++) {
                features[j] = (float) (random.nextGaussian() + (j % labels.size() == label ? 2 : 0));
            }
            String split = i % 5 == 0 ? "validation" : "train";
            rows.add(RowFactory.create("image" + i, labels.get(label), split, features));
        }
        return spark.createDataFrame(rows, SCHEMA);
    }
}
