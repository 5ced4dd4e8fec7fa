package dev.graft.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CosineSimilarityTest {
    @Test
    void cosinesAreThoseOfTheAnglesBetweenTheVectors() {
        CosineSimilarity similarity = new CosineSimilarity(new float[] {1, 0, 3, 4, 0, 0}, 2);
        float[] cosines = similarity.to(new float[] {0, 2, 1, 1});
        float diagonal = (float) Math.sqrt(0.5);
        float[] expected = {0, 0.8f, 0, diagonal, 1.4f * diagonal, 0};
        assertThat(cosines).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(cosines[i]).as("cosine " + i).isCloseTo(expected[i], within(1e-6f));
        }
    }
}
