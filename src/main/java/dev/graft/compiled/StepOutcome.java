package dev.graft.compiled;

/**
 * What a training step found before it changed anything.
 *
 * @param loss mean over the examples
 * @param logits of the examples as they were trained on, one example after another
 */
public record StepOutcome(double loss, float[] logits) {}
