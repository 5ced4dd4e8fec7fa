package dev.graft.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ShareDistanceTest {
    @Test
    void theDistanceIsTheShareThatWouldHaveToMove() {
        assertThat(ShareDistance.between(Map.of("cat", 50L, "dog", 50L), Map.of("cat", 300L, "dog", 100L)))
                .isCloseTo(0.25, within(1e-12));
        assertThat(ShareDistance.between(Map.of("cat", 1L), Map.of("dog", 9L))).isCloseTo(1, within(1e-12));
        assertThat(ShareDistance.between(Map.of("cat", 2L, "dog", 1L), Map.of("cat", 4L, "dog", 2L)))
                .isZero();
    }
}
