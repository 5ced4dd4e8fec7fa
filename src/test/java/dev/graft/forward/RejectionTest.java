package dev.graft.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RejectionTest {
    @Test
    void theMostFrequentAreNamedAndTheOthersCounted() {
        List<Rejection> all = IntStream.rangeClosed(1, 7)
                .mapToObj(i -> new Rejection("reason" + i, i, "file:/" + i, "detail"))
                .toList();
        assertThat(Rejection.lines(all))
                .hasSize(6)
                .startsWith("rejected 7: reason7, such as file:/7 (detail)")
                .endsWith("rejected 3 for 2 other reasons");
        assertThat(Rejection.lines(List.of())).isEmpty();
    }

    @Test
    void twoSetsAreAddedUp() {
        List<Rejection> both = Rejection.both(
                List.of(new Rejection("empty", 1, "file:/a", "0 bytes")),
                List.of(new Rejection("empty", 2, "file:/b", "0 bytes"), new Rejection("corrupt", 1, "file:/c", "")));
        assertThat(Rejection.counts(both)).isEqualTo("corrupt 1, empty 3");
        assertThat(Rejection.lines(both)).contains("rejected 3: empty, such as file:/a (0 bytes)");
    }
}
