package dev.graft.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.settings.InvalidInputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts of weights against those that Keras publishes. */
class SummaryTest {
    private final Layout xception = Layout.of(Architecture.XCEPTION, 1, 150, null);

    /** From the published log of the Keras guide. */
    @Test
    void xceptionWithAFrozenBaseHasTheGuidesCounts() {
        Summary summary = Summary.of(xception, 1, TrainableRules.allFrozen());
        assertThat(summary.total()).isEqualTo(20_863_529);
        assertThat(summary.trainable()).isEqualTo(2_049);
        assertThat(summary.nonTrainable()).isEqualTo(20_861_480);
    }

    /** From the published log of the Keras guide. */
    @Test
    void xceptionUnfrozenHasTheGuidesCounts() {
        Summary summary = Summary.of(xception, 1, TrainableRules.allTrainable());
        assertThat(summary.trainable()).isEqualTo(20_809_001);
        assertThat(summary.nonTrainable()).isEqualTo(54_528);
    }

    /** From keras.io/api/applications: MobileNetV2 3,538,984 with its top of 1,281,000. */
    @ParameterizedTest
    @CsvSource({"1.0, 224, 2257984", "0.35, 224, 410208"})
    void mobileNetV2HasKerasCounts(double alpha, int input, long expected) {
        Layout layout = Layout.of(Architecture.MOBILENET_V2, alpha, input, null);
        assertThat(Summary.of(layout, 0, TrainableRules.allFrozen()).total()).isEqualTo(expected);
    }

    @Test
    void shapesOfXceptionAt150PixelsAreKeras() {
        assertThat(shape("block1_conv1")).containsExactly(74L, 74L, 32L);
        assertThat(shape("add_1")).containsExactly(36L, 36L, 128L);
        assertThat(shape("add_3")).containsExactly(9L, 9L, 728L);
        assertThat(shape("block14_sepconv2_act")).containsExactly(5L, 5L, 2048L);
    }

    @Test
    void aCutEndsTheBaseAtTheLastLayerOfTheBlock() {
        Layout cut = Layout.of(Architecture.XCEPTION, 1, 150, "block13");
        assertThat(cut.cut()).isEqualTo("add_12");
        assertThat(cut.features()).isEqualTo(1024);
        assertThat(cut.layers()).noneMatch(layer -> layer.block().equals("block14"));
    }

    @Test
    void aCutInsideABlockLeavesOutWhatItDoesNotRead() {
        Layout cut = Layout.of(Architecture.XCEPTION, 1, 150, "block2_sepconv1");
        assertThat(cut.layers()).noneMatch(layer -> layer.name().equals("conv2d_1"));
    }

    @Test
    void anUnknownCutIsRefusedWithTheBlocksThereAre() {
        assertThatThrownBy(() -> Layout.of(Architecture.XCEPTION_MINI, 1, 96, "block13"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Invalid base.cut: block13 (xception-mini has no such layer or block; its blocks are block1,"
                                + " block2, block3, block4, block5, block6, block7)");
    }

    @Test
    void anInputThatIsTooSmallIsRefused() {
        assertThatThrownBy(() -> Layout.of(Architecture.XCEPTION, 1, 70, null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid base.input: 70 (xception takes images of at least 71 pixels)");
    }

    @Test
    void theFirstRuleThatMatchesDecides() {
        TrainableRules rules = new TrainableRules(List.of(
                TrainableRules.Rule.of("block1[34]", true),
                TrainableRules.Rule.of("block12_sepconv1", true),
                TrainableRules.Rule.of(".*", false)));
        assertThat(rules.trainable(layer("block13_sepconv1"))).isTrue();
        assertThat(rules.trainable(layer("conv2d_4"))).isTrue();
        assertThat(rules.trainable(layer("block12_sepconv1"))).isTrue();
        assertThat(rules.trainable(layer("block12_sepconv2"))).isFalse();
    }

    @Test
    void aLayerThatNoRuleMatchesIsAnError() {
        TrainableRules rules = new TrainableRules(List.of(TrainableRules.Rule.of("block2", true)));
        assertThatThrownBy(() -> rules.trainable(layer("block3_sepconv1")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Cannot tell whether layer block3_sepconv1 of block block3 trains: no rule matches it; end the"
                                + " rules with one that matches \".*\"");
    }

    private LayerEntry layer(String name) {
        return xception.layers().stream()
                .filter(layer -> layer.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<Long> shape(String name) {
        return layer(name).outputShape();
    }
}
