package dev.graft.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
    private static final List<String> KEYS = List.of("decode.max-pixels", "decode.resize", "seed");

    @Test
    void slipOfTheFingerIsMended() {
        assertThat(NearestName.of("decode.max-pixel", KEYS)).contains("decode.max-pixels");
        assertThat(NearestName.of("SEED", KEYS)).contains("seed");
    }

    @Test
    void forgottenSectionIsAdded() {
        assertThat(NearestName.of("resize", KEYS)).contains("decode.resize");
    }

    @Test
    void nothingIsSuggestedForSomethingElse() {
        assertThat(NearestName.of("optimizer", KEYS)).isEmpty();
    }
}
