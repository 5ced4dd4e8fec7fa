package dev.graft.averaging;

import dev.graft.nn.LearningRate;
import dev.graft.settings.Section;
import dev.graft.settings.Settings;

/**
 * How a network is trained, whichever it is.
 *
 * @param epochs passes over the training images
 * @param batch examples in one step of all workers together; each takes its share, but no fewer than 8
 * @param learningRate of Adam, at the start
 * @param schedule how the learning rate changes
 * @param scheduleEpochs after each of which a learning rate in steps changes
 * @param scheduleFactor by which it does
 * @param classWeights by which the loss of a class's examples is multiplied
 * @param labelSmoothing how far labels are moved towards those of an example that could be of any class
 * @param workers how many workers train at the same time; 0 for what suits the work
 * @param averagingFrequency steps of each worker between two averagings, where there are several workers
 * @param patience epochs without a lower validation loss after which training stops; 0 for never
 * @param seed of weights, dropout and order
 */
public record TrainingSettings(
        int epochs,
        int batch,
        double learningRate,
        LearningRate.Kind schedule,
        int scheduleEpochs,
        double scheduleFactor,
        ClassWeights classWeights,
        double labelSmoothing,
        int workers,
        int averagingFrequency,
        int patience,
        long seed) {
    private static final int MOST_WORKERS = 100_000;
    private static final int MOST_EPOCHS = 100_000;
    private static final int LARGEST_BATCH = 1 << 20;
    private static final int SMALLEST_WORKER_BATCH = 8;

    public static TrainingSettings from(Settings settings, String section) {
        Section training = settings.section(section);
        return new TrainingSettings(
                training.count("epochs", 0, MOST_EPOCHS),
                training.count("batch", 1, LARGEST_BATCH),
                training.number("learning-rate", 1e-12, 10),
                training.choice("schedule", LearningRate.Kind.class),
                training.count("schedule-epochs", 1, MOST_EPOCHS),
                training.number("schedule-factor", 1e-6, 1),
                ClassWeights.from(training, "class-weights"),
                training.number("label-smoothing", 0, 0.999),
                training.count("workers", 0, MOST_WORKERS),
                training.count("averaging-frequency", 1, Integer.MAX_VALUE),
                training.count("patience", 0, MOST_EPOCHS),
                settings.root().wholeNumber("seed", Long.MIN_VALUE, Long.MAX_VALUE));
    }

    /** One step of all workers together consumes a batch, so that an epoch has as many steps as with one worker. */
    int workerBatch(int ofWorkers) {
        int share = (batch + ofWorkers - 1) / ofWorkers;
        return Math.min(batch, Math.max(SMALLEST_WORKER_BATCH, share));
    }

    /** Steps of an epoch, for examples as they are dealt. */
    public int stepsOfEpoch(ExampleSource examples) {
        int ofWorker = workerBatch(examples.workers());
        return Math.toIntExact((examples.largestShare() + ofWorker - 1) / ofWorker);
    }

    /** A learning rate as it changes over a training. */
    public LearningRate learningRate(double initial, int stepsOfEpoch) {
        long steps = schedule == LearningRate.Kind.STEP
                ? (long) scheduleEpochs * stepsOfEpoch
                : (long) epochs * stepsOfEpoch;
        return new LearningRate(schedule, initial, steps, scheduleFactor);
    }
}
