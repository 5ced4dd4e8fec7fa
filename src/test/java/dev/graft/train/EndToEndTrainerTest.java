package dev.graft.train;

import static dev.graft.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.TestSpark;
import dev.graft.augment.AugmentSettings;
import dev.graft.averaging.Checkpoints;
import dev.graft.averaging.DivergedException;
import dev.graft.averaging.Epoch;
import dev.graft.base.Base;
import dev.graft.features.ExtractSettings;
import dev.graft.features.FeatureExtractor;
import dev.graft.features.FeatureSpec;
import dev.graft.features.FeatureStore;
import dev.graft.forward.Rejection;
import dev.graft.forward.Views;
import dev.graft.spark.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The head trained on images that go through the frozen base again in each epoch. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndToEndTrainerTest {
    private static final AugmentSettings NOTHING = TestTraining.augment();
    private static final AugmentSettings FLIPS =
            TestTraining.augment("augment.flip=horizontal", "augment.rotation=0.1");

    private final SparkSession spark = TestSpark.session();
    private final Base base = TrainedImages.base("block3");
    private Path directory;
    private Dataset<Row> manifest;

    @BeforeAll
    void draw(@TempDir Path temporary) throws IOException {
        directory = temporary;
        manifest = TrainedImages.draw(spark, temporary, 25);
    }

    /** As the base is frozen, its features are the same every epoch, and the head cannot tell where they come from. */
    @Test
    void withoutAugmentationTheHeadIsTheOneOnStoredFeaturesBitForBit() {
        FeatureStore store = FeatureStore.create(
                spark,
                directory.resolve("features").toString(),
                FeatureSpec.of(base, TestTraining.decode(), Views.PLAIN));
        new FeatureExtractor(
                        spark, new ExtractSettings(16, 1000, 500, 1), TestTraining.decode(), NOTHING, Progress.NONE)
                .extract(manifest, base, store);
        Dataset<Row> examples = manifest.join(store.rows().orElseThrow().select("uri", "features"), "uri");
        TrainedHead stored = new HeadTrainer(spark, settings(2), Optional.empty(), Progress.NONE)
                .train(examples, TrainedImages.LABELS, base.layout().features(), 1, epoch -> {});

        List<DecodedCounts> decoded = new ArrayList<>();
        TrainedHead endToEnd = train(NOTHING, 2, Optional.empty(), decoded::add);

        assertSameBits(endToEnd.network().params(), stored.network().params());
        assertThat(endToEnd.epochs())
                .extracting(epoch -> epoch.training().examples())
                .containsOnly(decoded.get(0).accounting().written()
                        - endToEnd.epochs().get(0).validation().examples());
        long used = manifest.where("split <> 'test'").count();
        assertThat(decoded).singleElement().satisfies(counts -> {
            assertThat(counts.accounting().images()).isEqualTo(used);
            assertThat(counts.accounting().rejected()).isBetween(1L, 3L);
            assertThat(Rejection.counts(counts.rejections()))
                    .containsPattern("(truncated|unknown_format|empty|corrupt) [1-3]");
            assertThat(Rejection.lines(counts.rejections()))
                    .isNotEmpty()
                    .allMatch(line -> line.matches("rejected [1-3]: [a-z_]+, such as file:.+ \\(.+\\)"));
        });
    }

    @Test
    void augmentationChangesTheHeadAndARepeatedRunDoesNot() {
        INDArray plain =
                train(NOTHING, 2, Optional.empty(), decoded -> {}).network().params();
        INDArray drawn =
                train(FLIPS, 2, Optional.empty(), decoded -> {}).network().params();
        INDArray again =
                train(FLIPS, 2, Optional.empty(), decoded -> {}).network().params();

        assertThat(drawn).isNotEqualTo(plain);
        assertThat(again).isEqualTo(drawn);
    }

    @Test
    void anInterruptedTrainingGoesOnFromItsLastEpochAndEndsTheSameBitForBit() {
        TrainedHead whole = train(FLIPS, 1, Optional.empty(), decoded -> {});
        List<String> notes = new ArrayList<>();
        Checkpoints checkpoints =
                Checkpoints.in(directory.resolve("checkpoints").toString(), new Configuration(), notes::add);

        assertThatThrownBy(() -> trainer(FLIPS, 1, Optional.of(checkpoints))
                        .train(manifest, TrainedImages.LABELS, base, decoded -> {}, epoch -> {
                            if (epoch.number() == 3) {
                                throw new IllegalStateException("killed");
                            }
                        }))
                .hasMessage("killed");
        List<Integer> epochs = new ArrayList<>();
        TrainedHead resumed = trainer(FLIPS, 1, Optional.of(checkpoints))
                .train(manifest, TrainedImages.LABELS, base, decoded -> {}, epoch -> epochs.add(epoch.number()));

        assertThat(epochs).containsExactly(3, 4);
        assertThat(notes).singleElement().asString().matches("training goes on from \\S+/epoch-000002\\.checkpoint");
        assertThat(resumed.epochs()).extracting(Epoch::number).containsExactly(1, 2, 3, 4);
        assertSameBits(resumed.network().params(), whole.network().params());
        assertThat(resumed.epochs())
                .extracting(Epoch::loss)
                .isEqualTo(whole.epochs().stream().map(Epoch::loss).toList());
    }

    @Test
    void onlyTheHeadCrossesTheNetwork() {
        TrainedHead head = train(FLIPS, 2, Optional.empty(), decoded -> {});
        Epoch last = head.epochs().get(3);
        long parameters = base.layout().features() + 1;
        assertThat(last.bytes() / last.rounds()).isEqualTo(2 * 2 * 3 * parameters * Float.BYTES);
    }

    @Test
    void aLossThatExplodesStopsWithWhatToLower() {
        HeadSettings wild = TestTraining.head("head.learning-rate=10", "head.epochs=4", "head.batch=8");
        EndToEndTrainer trainer =
                new EndToEndTrainer(spark, wild, NOTHING, TestTraining.decode(), 16, Optional.empty(), Progress.NONE);

        assertThatThrownBy(() -> trainer.train(manifest, TrainedImages.LABELS, base, decoded -> {}, epoch -> {}))
                .isInstanceOf(DivergedException.class)
                .hasMessageMatching("Cannot go on training: the loss is .* in epoch \\d, where guessing costs 0.693"
                        + " \\(lower head.learning-rate, which is 10.0\\)");
    }

    private TrainedHead train(
            AugmentSettings augment, int workers, Optional<Checkpoints> checkpoints, Consumer<DecodedCounts> decoded) {
        return trainer(augment, workers, checkpoints).train(manifest, TrainedImages.LABELS, base, decoded, epoch -> {});
    }

    private EndToEndTrainer trainer(AugmentSettings augment, int workers, Optional<Checkpoints> checkpoints) {
        return new EndToEndTrainer(
                spark, settings(workers), augment, TestTraining.decode(), 16, checkpoints, Progress.NONE);
    }

    private static HeadSettings settings(int workers) {
        return TestTraining.head(
                "head.epochs=4", "head.batch=16", "head.averaging-frequency=2", "head.workers=" + workers);
    }
}
