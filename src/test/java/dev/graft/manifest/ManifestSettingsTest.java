package dev.graft.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.settings.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestSettingsTest {
    @Test
    void defaultsAreThoseOfTheReference() {
        assertThat(ManifestSettings.from(Settings.withDefaults()))
                .isEqualTo(new ManifestSettings(42, new SplitShares(0.8, 0.1, 0.1), false, "uri", "label", "split"));
    }

    @Test
    void everyKeyOfTheSectionIsRead() {
        Settings settings = Settings.withDefaults();
        ManifestSettings.from(settings);

        assertThat(settings.readKeys())
                .containsAll(settings.keys().stream()
                        .filter(key -> key.startsWith("manifest."))
                        .toList());
    }

    @Test
    void sharesThatDoNotSumToOneAreReported() {
        Settings settings = Settings.load(List.of(), List.of("manifest.split=[0.8, 0.1]"));

        assertThat(ManifestSettings.from(settings).shares()).isEqualTo(new SplitShares(0.8, 0.1, 0.1));
        assertThatThrownBy(settings::check)
                .hasMessage("Invalid manifest.split: [0.8,0.1] "
                        + "(--set; expected three shares from 0 to 1 that sum to 1, the first above 0)");
    }

    @Test
    void oneColumnCannotServeTwice() {
        Settings settings = Settings.load(List.of(), List.of("manifest.columns.label=uri"));
        ManifestSettings.from(settings);

        assertThatThrownBy(settings::check)
                .hasMessageStartingWith("Invalid manifest.columns: ")
                .hasMessageEndingWith("expected three different columns)");
    }
}
