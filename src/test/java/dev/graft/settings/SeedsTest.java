package dev.graft.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeedsTest {
    @Test
    void neighbouringSeedsGiveStreamsWithoutACommonValue() {
        Set<Long> drawn = new HashSet<>();
        int streams = 50;
        int draws = 200;
        for (int i = 0; i < streams; i++) {
            SplittableRandom random = new SplittableRandom(Seeds.mix(42, i));
            for (int j = 0; j < draws; j++) {
                drawn.add(random.nextLong());
            }
        }
        assertThat(drawn).hasSize(streams * draws);
    }

    @Test
    void everyPartAndItsPlaceCount() {
        assertThat(Seeds.mix(1, 2)).isNotEqualTo(Seeds.mix(2, 1)).isNotEqualTo(Seeds.mix(1, 3));
    }
}
