package dev.graft.train;

/**
 * The outcome of one epoch.
 *
 * @param number from one
 * @param loss mean over the training examples as they were trained on, dropout included
 * @param validation on the validation examples, after the epoch
 * @param bytes of parameters and updater state that crossed the network
 */
public record Epoch(int number, double loss, Score validation, long bytes) {}
