package dev.graft.train;

import static dev.graft.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.SameBits;
import dev.graft.TestSpark;
import dev.graft.augment.AugmentSettings;
import dev.graft.averaging.Checkpoints;
import dev.graft.averaging.Epoch;
import dev.graft.base.Base;
import dev.graft.base.Layout;
import dev.graft.compiled.ForwardPass;
import dev.graft.compiled.FrozenNetwork;
import dev.graft.compiled.TrainingPass;
import dev.graft.nn.SigmoidCrossEntropy;
import dev.graft.predict.Classifier;
import dev.graft.predict.UpperNetwork;
import dev.graft.settings.InvalidInputException;
import dev.graft.spark.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** Layers of a base unfrozen below a head that was trained. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FineTunerTest {
    private static final String HALF =
            "fine-tune.layers=[{match=\"block3\", learning-rate=1e-4}," + " {match=\".*\", frozen=true}]";
    private static final String ALL = "fine-tune.layers=[{match=\".*\", learning-rate=1e-4}]";

    private final SparkSession spark = TestSpark.session();
    private final Base base = TrainedImages.base("block3");
    private final Layout layout = base.layout();
    private Path directory;
    private Dataset<Row> manifest;
    private Classifier model;

    @BeforeAll
    void trainAHead(@TempDir Path temporary) throws IOException {
        directory = temporary;
        manifest = TrainedImages.draw(spark, temporary, 25);
        model = new EndToEndTrainer(
                        spark,
                        TestTraining.head("head.epochs=3", "head.workers=1"),
                        TestTraining.augment(),
                        TestTraining.decode(),
                        16,
                        Optional.empty(),
                        Progress.NONE)
                .train(manifest, TrainedImages.LABELS, base, decoded -> {}, epoch -> {})
                .on(base);
    }

    @ParameterizedTest
    @ValueSource(strings = {HALF, ALL})
    void theBaseTrainsWhereItMayAndStatisticsNeverMove(String layers) {
        FineTuned tuned = tune(1, TestTraining.augment(), layers);

        assertThat(tuned.statisticsChanged()).isZero();
        assertThat(tuned.frozenChanged()).isZero();
        assertThat(tuned.epochs()).hasSize(2);
        assertThat(tuned.after()).isNotEqualTo(tuned.before());
        assertThat(tuned.isFineTuned())
                .isEqualTo(tuned.after().loss() < tuned.before().loss());
        assertThat(tuned.classifier() == model).isEqualTo(!tuned.isFineTuned());
        if (tuned.isFineTuned()) {
            ComputationGraph network = tuned.classifier().network();
            assertChanged(network, "block3_sepconv1", true);
            assertChanged(network, "block3_sepconv1_bn", true);
            assertChanged(network, "block2_sepconv1", layers.equals(ALL));
            assertChanged(network, "block1_conv1_bn", layers.equals(ALL));
        }
    }

    @Test
    void cachedActivationsAndThoseComputedOnTheWayTrainTheSame() {
        AugmentSettings nothingMuch = TestTraining.augment("augment.brightness=[0, 1e-12]");
        List<Epoch> cached = tune(2, TestTraining.augment(), HALF).epochs();
        List<Epoch> computed = tune(2, nothingMuch, HALF).epochs();

        assertThat(computed)
                .extracting(Epoch::loss)
                .isEqualTo(cached.stream().map(Epoch::loss).toList());
    }

    @Test
    void augmentationChangesFineTuningAndARepeatedRunDoesNot() {
        AugmentSettings flips = TestTraining.augment("augment.flip=horizontal");
        List<Double> first = losses(tune(2, flips, ALL));

        assertThat(losses(tune(2, flips, ALL))).isEqualTo(first);
        assertThat(losses(tune(2, TestTraining.augment(), ALL))).isNotEqualTo(first);
    }

    @Test
    void anInterruptedFineTuningEndsTheSameBitForBit() {
        FineTuneSettings settings = settings(1, HALF);
        FineTuned whole = tuner(settings, TestTraining.augment(), Optional.empty())
                .tune(model, layout, manifest, decoded -> {}, epoch -> {});
        List<String> notes = new ArrayList<>();
        Optional<Checkpoints> checkpoints =
                Optional.of(Checkpoints.in(directory.resolve("tuning").toString(), new Configuration(), notes::add));

        assertThatThrownBy(() -> tuner(settings, TestTraining.augment(), checkpoints)
                        .tune(model, layout, manifest, decoded -> {}, epoch -> {
                            if (epoch.number() == 2) {
                                throw new IllegalStateException("killed");
                            }
                        }))
                .hasMessage("killed");
        List<Integer> epochs = new ArrayList<>();
        FineTuned resumed = tuner(settings, TestTraining.augment(), checkpoints)
                .tune(model, layout, manifest, decoded -> {}, epoch -> epochs.add(epoch.number()));

        assertThat(epochs).containsExactly(2);
        assertThat(notes).singleElement().asString().matches("training goes on from \\S+/epoch-000001\\.checkpoint");
        assertThat(losses(resumed)).isEqualTo(losses(whole));
        assertThat(resumed.after()).isEqualTo(whole.after());
        assertSameBits(
                resumed.classifier().network().params(),
                whole.classifier().network().params());
    }

    /** Invariant 2 of the design: above(below(x)) is the joined network, wherever it is cut. */
    @Test
    void theNetworkIsTheSameWhereverItIsCut() {
        float[] pixels = pixels(3);
        INDArray images = Nd4j.createFromArray(pixels).reshape(3, TrainedImages.SIZE, TrainedImages.SIZE, 3);
        INDArray expected = model.network().outputSingle(images);
        for (String cut : List.of("block1_conv2_act", "add_1", layout.cut())) {
            ComputationGraph upper = upper(cut);
            FrozenNetwork lower = FrozenNetwork.of(model.network(), cut, TrainedImages.SIZE, TrainedImages.SIZE, 3);
            long[] shape = Stream.concat(
                            Stream.of(3L), Arrays.stream(layout.shape(cut)).boxed())
                    .mapToLong(Long::longValue)
                    .toArray();
            try (ForwardPass forward = lower.compile().forwardPass(3)) {
                INDArray activations =
                        Nd4j.createFromArray(forward.run(pixels, 3)).reshape(shape);
                INDArray logits = upper.outputSingle(activations);
                assertThat(logits.sub(expected).amaxNumber().doubleValue())
                        .as(cut)
                        .isLessThan(1e-5);
            }
        }
    }

    /** Compiled steps above a cut against DL4J's own, whose layers are held by gradient checks. */
    @Test
    void stepsAboveACutAreThoseOfDl4j() {
        ComputationGraph compiled = upper("add_1");
        ComputationGraph layers = compiled.clone();
        long[] shape = layout.shape("add_1");
        float[] activations = new float[(int) (4 * shape[0] * shape[1] * shape[2])];
        Random random = new Random(5);
        for (int i = 0; i < activations.length; i++) {
            activations[i] = (float) random.nextGaussian();
        }
        INDArray labels = Nd4j.createFromArray(new float[] {0, 1, 1, 0}).reshape(4, 1);
        DataSet batch = new DataSet(Nd4j.createFromArray(activations).reshape(4, shape[0], shape[1], shape[2]), labels);
        try (TrainingPass pass = new TrainingPass(compiled, Layout.FEATURES, 4, shape)) {
            for (int i = 0; i < 3; i++) {
                pass.step(activations, labels);
                layers.fit(batch);
                assertThat(compiled.params().sub(layers.params()).amaxNumber().doubleValue())
                        .isLessThan(1e-5);
            }
        }
    }

    @Test
    void theCutIsTheHighestPlaceThatTheNetworkHangsBy() {
        assertThat(cut("block3")).isEqualTo("add_1");
        assertThat(cut("block3_sepconv2")).isEqualTo("add_1");
        assertThat(cut("block2_sepconv1_bn")).isEqualTo("block1_conv2_act");
        assertThat(cut("block1_conv2")).isEqualTo("block1_conv1_act");
        assertThat(cut("block1_conv1")).isEqualTo(Layout.RESCALING);
    }

    @Test
    void rulesThatCannotBeMeantAreRefused() {
        assertThatThrownBy(() -> settings(1, "fine-tune.layers=[{match=\"block3\", learning-rate=0}]"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Invalid fine-tune.layers[0].learning-rate: 0")
                .hasMessageContaining("expected a number above 0; write frozen = true for layers that must not train");
        assertThatThrownBy(() -> settings(1, "fine-tune.layers=[{match=\"block3\"}]"))
                .hasMessageContaining("expected either frozen = true or a learning-rate");
        assertThatThrownBy(() -> settings(1, "fine-tune.layers=[{match=\"block3(\", learning-rate=1e-5}]"))
                .hasMessageContaining("expected a regular expression");
        assertThatThrownBy(() -> tune(1, TestTraining.augment(), "fine-tune.layers=[{match=\"block3\", frozen=true}]"))
                .hasMessageStartingWith(
                        "Cannot tell whether layer rescaling of block rescaling trains: no rule matches");
        assertThatThrownBy(() -> tune(
                        1,
                        TestTraining.augment(),
                        "fine-tune.layers=[{match=\"blok3\", frozen=true}, {match=\".*\", learning-rate=1e-5}]"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "Invalid fine-tune.layers[0].match: 'blok3' (it is the whole name of no layer and"
                                + " no block; blocks: ");
        assertThatThrownBy(() -> tune(
                        1,
                        TestTraining.augment(),
                        "fine-tune.layers=[{match=\".*\", learning-rate=1e-5}, {match=\"block3\", frozen=true}]"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid fine-tune.layers[1].match: 'block3' (every layer that it matches is matched by an"
                        + " earlier rule; put it first)");
        assertThatThrownBy(() -> tune(1, TestTraining.augment(), "fine-tune.layers=[{match=\".*\", frozen=true}]"))
                .hasMessageStartingWith("Cannot fine-tune: no layer of the base trains");
    }

    @Test
    void withoutValidationImagesItIsRefused() {
        Dataset<Row> training = manifest.withColumn("split", functions.lit("train"));
        assertThatThrownBy(() -> tuner(settings(1, HALF), TestTraining.augment(), Optional.empty())
                        .tune(model, layout, training, decoded -> {}, epoch -> {}))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Cannot fine-tune: there are no validation images");
    }

    private String cut(String trainable) {
        return layout.cutBelow(settings(
                        1,
                        "fine-tune.layers=[{match=\"" + trainable
                                + "\", learning-rate=1e-5}, {match=\".*\", frozen=true}]")
                .rules());
    }

    private ComputationGraph upper(String cut) {
        return UpperNetwork.above(model.network(), cut, layer -> new Sgd(0.01), new SigmoidCrossEntropy());
    }

    private FineTuned tune(int workers, AugmentSettings augment, String layers) {
        return tuner(settings(workers, layers), augment, Optional.empty())
                .tune(model, layout, manifest, decoded -> {}, epoch -> {});
    }

    private static FineTuneSettings settings(int workers, String layers) {
        return TestTraining.fineTune(
                layers,
                "fine-tune.epochs=2",
                "fine-tune.batch=8",
                "fine-tune.averaging-frequency=2",
                "fine-tune.workers=" + workers);
    }

    private FineTuner tuner(FineTuneSettings settings, AugmentSettings augment, Optional<Checkpoints> checkpoints) {
        return new FineTuner(spark, settings, augment, TestTraining.decode(), 16, checkpoints, Progress.NONE);
    }

    private void assertChanged(ComputationGraph network, String layer, boolean changed) {
        boolean differs = !SameBits.haveSameBits(
                network.getLayer(layer).paramTable(),
                model.network().getLayer(layer).paramTable());
        assertThat(differs).as(layer).isEqualTo(changed);
    }

    private static List<Double> losses(FineTuned tuned) {
        return tuned.epochs().stream().map(Epoch::loss).toList();
    }

    private static float[] pixels(int images) {
        Random random = new Random(2);
        float[] pixels = new float[images * TrainedImages.SIZE * TrainedImages.SIZE * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextInt(256);
        }
        return pixels;
    }
}
