package dev.graft.train;

import dev.graft.averaging.TrainingSettings;
import dev.graft.settings.Settings;

/**
 * How a head is trained.
 *
 * @param dropout share of the features dropped in training
 */
public record HeadSettings(TrainingSettings training, double dropout) {
    private static final String SECTION = "head";

    public static HeadSettings from(Settings settings) {
        return new HeadSettings(
                TrainingSettings.from(settings, SECTION),
                settings.section(SECTION).number("dropout", 0, 0.99));
    }

    public long seed() {
        return training.seed();
    }
}
