package dev.graft.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.settings.Settings;
import org.junit.jupiter.api.Test;

class StagesTest {
    @Test
    void everyKeyOfTheReferenceIsReadByAStageAndTheReverse() {
        Settings settings = Settings.withDefaults();
        Stages.from(settings);
        assertThat(settings.readKeys()).containsExactlyInAnyOrderElementsOf(settings.keys());
    }
}
