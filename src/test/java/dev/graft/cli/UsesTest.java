package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.settings.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsesTest {
    private static List<String> unused(Uses verb, String... assignments) {
        List<String> all = List.of(assignments);
        return verb.unused(all, Settings.load(List.of(), all));
    }

    @Test
    void settingsOfAnotherVerbAreNamedWithTheVerbsOwn() {
        assertThat(unused(
                        Uses.FINE_TUNE,
                        "head.epochs=3",
                        "head.batch=8",
                        "fine-tune.epochs=2",
                        "head.class-weights=[balanced]",
                        "seed=7"))
                .containsExactly(
                        "Note: --set head.epochs is not used by fine-tune, which has fine-tune.epochs",
                        "Note: --set head.batch is not used by fine-tune, which has fine-tune.batch",
                        "Note: --set head.class-weights is not used by fine-tune, which has fine-tune.class-weights");
        assertThat(unused(Uses.PREDICT, "head={epochs=3}")).containsExactly("Note: --set head is not used by predict");
        assertThat(unused(Uses.TRAIN, "checks.max-leaked-share=0"))
                .containsExactly("Note: --set checks.max-leaked-share is not used by train");
    }

    @Test
    void whatAVerbReadsIsNot() {
        assertThat(unused(Uses.TRAIN, "head.epochs=3", "decode.threads=2", "promote.max-accuracy-drop=0.1"))
                .isEmpty();
        assertThat(unused(Uses.EXTRACT, "retrain.lock-timeout-s=900", "seed=7")).isEmpty();
        assertThat(Uses.TRAIN.unused(List.of("haed.epochs=3"), Settings.withDefaults()))
                .as("no setting, which is an error")
                .isEmpty();
        assertThat(unused(Uses.PREDICT, "decode.threads=2", "manifest.columns.uri=path"))
                .isEmpty();
    }
}
