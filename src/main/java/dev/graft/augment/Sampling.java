package dev.graft.augment;

import java.io.Serializable;

/**
 * How layers that move pixels read an image.
 *
 * @param fillMode what stands beyond its edges
 * @param fillValue for {@link FillMode#CONSTANT}, 0 to 255
 * @param interpolation between pixels
 */
record Sampling(FillMode fillMode, float fillValue, Interpolation interpolation) implements Serializable {}
