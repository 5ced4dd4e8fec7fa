package dev.graft.train;

import dev.graft.settings.Section;
import dev.graft.settings.Settings;

/**
 * How a head is trained.
 *
 * @param epochs passes over the training images
 * @param batch examples in one step of all workers together; each takes its share, but no fewer than 8
 * @param learningRate of Adam
 * @param dropout share of the features dropped in training
 * @param workers how many workers train at the same time; 0 for one for each 50,000 examples, no more than one on each core
 * @param averagingFrequency steps of each worker between two averagings, where there are several workers
 * @param seed of weights, dropout and order
 */
public record HeadSettings(
        int epochs, int batch, double learningRate, double dropout, int workers, int averagingFrequency, long seed) {
    private static final int MOST_WORKERS = 100_000;

    public static HeadSettings from(Settings settings) {
        Section head = settings.section("head");
        return new HeadSettings(
                head.count("epochs", 1, 100_000),
                head.count("batch", 1, 1 << 20),
                head.number("learning-rate", 1e-12, 10),
                head.number("dropout", 0, 0.99),
                head.count("workers", 0, MOST_WORKERS),
                head.count("averaging-frequency", 1, Integer.MAX_VALUE),
                settings.root().wholeNumber("seed", Long.MIN_VALUE, Long.MAX_VALUE));
    }
}
