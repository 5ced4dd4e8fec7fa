package dev.graft.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Adam;

class LearningRateTest {
    private static final double TOLERANCE = 1e-12;

    @Test
    void cosineFallsFromTheInitialRateToZero() {
        LearningRate cosine = new LearningRate(LearningRate.Kind.COSINE, 0.1, 100, 1);
        assertThat(cosine.valueAt(0, 0)).isCloseTo(0.1, within(TOLERANCE));
        assertThat(cosine.valueAt(25, 0)).isCloseTo(0.1 * (1 + Math.sqrt(0.5)) / 2, within(TOLERANCE));
        assertThat(cosine.valueAt(50, 0)).isCloseTo(0.05, within(TOLERANCE));
        assertThat(cosine.valueAt(100, 0)).isCloseTo(0, within(TOLERANCE));
        assertThat(cosine.valueAt(150, 0)).isCloseTo(0, within(TOLERANCE));
    }

    @Test
    void stepFallsByAFactorAtATime() {
        LearningRate step = new LearningRate(LearningRate.Kind.STEP, 0.1, 10, 0.5);
        assertThat(step.valueAt(9, 0)).isCloseTo(0.1, within(TOLERANCE));
        assertThat(step.valueAt(10, 0)).isCloseTo(0.05, within(TOLERANCE));
        assertThat(step.valueAt(35, 0)).isCloseTo(0.0125, within(TOLERANCE));
    }

    @Test
    void anUpdaterTakesTheRateOfItsStep() {
        Adam adam = new Adam(0.1);
        adam.setLearningRateSchedule(new LearningRate(LearningRate.Kind.STEP, 0.1, 10, 0.5));
        assertThat(adam.getLearningRate(20, 0)).isCloseTo(0.025, within(TOLERANCE));
    }
}
