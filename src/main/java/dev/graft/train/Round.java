package dev.graft.train;

/**
 * What one round of averaging did.
 *
 * @param examples consumed by all workers
 * @param meanLoss over those examples, in training mode
 * @param bytes of parameters and updater state that crossed the network, to the workers and back
 */
record Round(long examples, double meanLoss, long bytes) {}
