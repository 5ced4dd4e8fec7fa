package dev.graft.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.settings.Settings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecodeSettingsTest {
    @Test
    void defaultsAreThoseOfTheReference() {
        assertThat(DecodeSettings.from(Settings.withDefaults()))
                .isEqualTo(new DecodeSettings(
                        ResizeMethod.BILINEAR,
                        64L << 20,
                        100_000_000,
                        512L << 20,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(120),
                        0.05,
                        4,
                        200,
                        0));
    }

    @Test
    void everyKeyOfTheSectionIsRead() {
        Settings settings = Settings.withDefaults();
        DecodeSettings.from(settings);

        assertThat(settings.readKeys())
                .containsAll(settings.keys().stream()
                        .filter(key -> key.startsWith("decode."))
                        .toList());
    }

    @Test
    void resizeMethodIsNamedAsInTensorFlow() {
        Settings settings = Settings.load(List.of(), List.of("decode.resize=bilinear-antialias"));

        assertThat(DecodeSettings.from(settings).resize()).isEqualTo(ResizeMethod.BILINEAR_ANTIALIAS);
        assertThat(ResizeMethod.BILINEAR_ANTIALIAS.id()).isEqualTo("bilinear-antialias");
    }

    @Test
    void moreThanAnArrayHoldsIsRefused() {
        Settings settings = Settings.load(List.of(), List.of("decode.max-pixels=715827883"));
        DecodeSettings.from(settings);

        assertThatThrownBy(settings::check)
                .hasMessage("Invalid decode.max-pixels: '715827883' "
                        + "(--set; expected a whole number from 1 to 715827882)");
    }
}
