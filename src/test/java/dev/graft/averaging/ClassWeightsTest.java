package dev.graft.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.graft.settings.InvalidInputException;
import dev.graft.train.TestTraining;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassWeightsTest {
    private final Classes classes = new Classes(List.of("cat", "dog", "fox"));

    @Test
    void balancedClassesWeighTheSameTogether() {
        long[] counts = {10, 20, 70};
        double[] weights = weights("head.class-weights=[balanced]").of(classes, counts);

        assertThat(weights).isNotNull();
        for (int i = 0; i < counts.length; i++) {
            assertThat(counts[i] * weights[i]).isCloseTo(100.0 / 3, within(1e-9));
        }
    }

    @Test
    void aClassWithoutAGivenWeightWeighsOne() {
        assertThat(weights("head.class-weights=[\"dog=2.5\", \"cat = 0.5\"]").of(classes, 1, 1, 1))
                .containsExactly(0.5, 2.5, 1);
        assertThat(weights("head.class-weights=[]").of(classes, 1, 1, 1)).isNull();
    }

    @Test
    void whatIsNoWeightIsRefused() {
        assertThatThrownBy(() -> weights("head.class-weights=[\"dog=-1\"]"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Invalid head.class-weights")
                .hasMessageContaining("expected [], [balanced] or a list such as [\"cat=1\", \"dog=2.5\"]");
        assertThatThrownBy(() -> weights("head.class-weights=[\"cow=2\"]").of(classes, 1, 1, 1))
                .hasMessage(
                        "Invalid class-weights of head or fine-tune: there is no class cow (the classes are [cat, dog, fox])");
    }

    @Test
    void aClassWithTwoWeightsIsRefused() {
        assertThatThrownBy(() -> weights("head.class-weights=[\"cat=1\", \"dog=2\", \"cat =1\"]"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Invalid head.class-weights: [\"cat=1\",\"dog=2\",\"cat =1\"] (--set; expected one weight for"
                                + " each class, and cat has two)");
    }

    private static ClassWeights weights(String assignment) {
        return TestTraining.head(assignment).training().classWeights();
    }
}
