package dev.graft.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.settings.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;

class StagesTest {
    @Test
    void everyKeyOfTheReferenceIsReadByAStageAndTheReverse() {
        Settings settings = Settings.withDefaults();
        Stages.from(settings);
        assertThat(settings.readKeys()).containsExactlyInAnyOrderElementsOf(settings.keys());
    }

    @Test
    void aNightThatIsToldHowToFineTuneAndNotToDoItSaysSo() {
        assertThat(stages("fine-tune.epochs=3").unusedFineTuning())
                .contains("Note: fine-tune is not used: retrain.fine-tune = false");
        assertThat(stages("fine-tune.epochs=3", "retrain.fine-tune=true").unusedFineTuning())
                .isEmpty();
        assertThat(stages().unusedFineTuning()).isEmpty();
    }

    private static Stages stages(String... assignments) {
        return Stages.from(Settings.load(List.of(), List.of(assignments)));
    }
}
