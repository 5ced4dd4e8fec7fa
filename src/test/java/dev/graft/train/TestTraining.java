package dev.graft.train;

import dev.graft.augment.AugmentSettings;
import dev.graft.decode.DecodeSettings;
import dev.graft.settings.Settings;
import java.util.List;

/** Settings of trainings in tests, as assignments. */
public final class TestTraining {
    private TestTraining() {}

    public static HeadSettings head(String... assignments) {
        Settings settings = settings(assignments);
        HeadSettings head = HeadSettings.from(settings);
        settings.check();
        return head;
    }

    public static FineTuneSettings fineTune(String... assignments) {
        Settings settings = settings(assignments);
        FineTuneSettings fineTune = FineTuneSettings.from(settings);
        settings.check();
        return fineTune;
    }

    public static AugmentSettings augment(String... assignments) {
        return AugmentSettings.from(settings(assignments));
    }

    public static DecodeSettings decode() {
        return DecodeSettings.from(Settings.withDefaults());
    }

    private static Settings settings(String... assignments) {
        return Settings.load(List.of(), List.of(assignments));
    }
}
