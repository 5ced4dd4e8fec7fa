package dev.graft.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PromotionRuleTest {
    private final PromotionRule rule = new PromotionRule(0.01, 0.03, false);

    @Test
    void aModelThatIsAsGoodMayBePromoted() {
        assertThat(rule.objections(metrics(0.97, 0.95, 0.99), metrics(0.97, 0.95, 0.99)))
                .isEmpty();
        assertThat(rule.objections(metrics(0.96, 0.92, 0.99), metrics(0.97, 0.95, 0.99)))
                .as("exactly as much worse as is allowed")
                .isEmpty();
    }

    @Test
    void aModelThatIsWorseInAllOrInOneClassMayNot() {
        assertThat(rule.objections(metrics(0.955, 0.95, 0.96), metrics(0.97, 0.95, 0.99)))
                .containsExactly("accuracy 0.9550, 0.0150 below the current model's 0.9700"
                        + " (promote.max-accuracy-drop = 0.01)");
        assertThat(rule.objections(metrics(0.97, 0.90, 1), metrics(0.97, 0.95, 0.99)))
                .containsExactly("recall of cat 0.9000, 0.0500 below the current model's 0.9500"
                        + " (promote.max-recall-drop = 0.03)");
        assertThat(rule.objections(metrics(0.5, 0.5, 0.5), metrics(0.97, 0.95, 0.99)))
                .hasSize(3);
    }

    /** A class that the current model has no images of, or does not know, has nothing to be held against. */
    @Test
    void aClassWithoutRecallIsNoObjection() {
        assertThat(rule.objections(metrics(0.97, Double.NaN, 0.99), metrics(0.97, Double.NaN, 0.99)))
                .isEmpty();
    }

    private static Metrics metrics(double accuracy, double recallOfCats, double recallOfDogs) {
        return new Metrics(
                100,
                0,
                accuracy,
                0.1,
                0.99,
                0.9,
                0.9,
                0.9,
                List.of(
                        new ClassMetrics("cat", 50, 0.9, recallOfCats, 0.9, 0.99),
                        new ClassMetrics("dog", 50, 0.9, recallOfDogs, 0.9, 0.99)),
                List.of(List.of(50L, 0L), List.of(0L, 50L)));
    }
}
