package dev.graft.train;

import dev.graft.features.Accounting;
import dev.graft.manifest.ImageCounts;

/**
 * What became of the images that were decoded for a training.
 *
 * @param accounting of all of them; those that were decoded count as written
 * @param images those that were decoded, by class
 * @param rejects how many were rejected for each reason, such as {@code truncated 2}; empty when none were
 */
public record DecodedCounts(Accounting accounting, ImageCounts images, String rejects) {}
