package dev.graft.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoreSumsTest {
    private static final int EXAMPLES = 400;
    private final Random random = new Random(3);

    @Test
    void theAreaIsTheShareOfPairsInTheRightOrder() {
        float[] logits = new float[EXAMPLES];
        int[] labels = new int[EXAMPLES];
        for (int i = 0; i < EXAMPLES; i++) {
            labels[i] = random.nextInt(2);
            logits[i] = (float) (random.nextGaussian() + labels[i]);
        }
        double right = 0;
        double pairs = 0;
        double loss = 0;
        int hits = 0;
        for (int i = 0; i < EXAMPLES; i++) {
            double probability = 1 / (1 + Math.exp(-logits[i]));
            loss -= Math.log(labels[i] == 1 ? probability : 1 - probability);
            hits += logits[i] > 0 == (labels[i] == 1) ? 1 : 0;
            for (int j = 0; j < EXAMPLES; j++) {
                if (labels[i] == 1 && labels[j] == 0) {
                    pairs++;
                    right += logits[i] > logits[j] ? 1 : 0;
                }
            }
        }

        Score score = sums(logits, labels, 1, 0, EXAMPLES).score();

        assertThat(score.examples()).isEqualTo(EXAMPLES);
        assertThat(score.auc()).isCloseTo(right / pairs, within(2e-3));
        assertThat(score.loss()).isCloseTo(loss / EXAMPLES, within(1e-6));
        assertThat(score.accuracy()).isCloseTo((double) hits / EXAMPLES, within(1e-12));
    }

    @Test
    void sumsOfPartsAreSumsOfTheWhole() {
        int outputs = 3;
        float[] logits = new float[EXAMPLES * outputs];
        int[] labels = new int[EXAMPLES];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) random.nextGaussian();
            labels[i / outputs] = random.nextInt(outputs);
        }

        ScoreSums parts = sums(logits, labels, outputs, 0, 100);
        parts.add(sums(logits, labels, outputs, 100, EXAMPLES));
        Score whole = sums(logits, labels, outputs, 0, EXAMPLES).score();

        assertThat(parts.score().auc()).isEqualTo(whole.auc());
        assertThat(parts.score().accuracy()).isEqualTo(whole.accuracy());
        assertThat(parts.score().loss()).isCloseTo(whole.loss(), within(1e-12));
    }

    @Test
    void aPerfectClassifierHasAreaOneAndNoExamplesHaveNone() {
        float[] logits = {9, 0, 0, 0, 9, 0, 0, 0, 9};
        int[] labels = {0, 1, 2};

        assertThat(sums(logits, labels, 3, 0, 3).score().auc()).isEqualTo(1);
        assertThat(new ScoreSums(1).score()).isEqualTo(Score.NONE);
        assertThat(sums(new float[] {1, 2}, new int[] {1, 1}, 1, 0, 2).score().auc())
                .isNaN();
    }

    private static ScoreSums sums(float[] logits, int[] labels, int outputs, int from, int to) {
        ScoreSums sums = new ScoreSums(outputs);
        for (int i = from; i < to; i++) {
            sums.add(logits, i * outputs, labels[i]);
        }
        return sums;
    }
}
