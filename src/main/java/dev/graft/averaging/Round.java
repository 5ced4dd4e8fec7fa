package dev.graft.averaging;

import org.jspecify.annotations.Nullable;

/**
 * What one round of averaging did.
 *
 * @param examples consumed by all workers
 * @param meanLoss over those examples, in training mode
 * @param scores of those examples as they were trained on; null when there were none
 * @param bytes of parameters and updater state that crossed the network, to the workers and back
 */
record Round(long examples, double meanLoss, @Nullable ScoreSums scores, long bytes) {}
