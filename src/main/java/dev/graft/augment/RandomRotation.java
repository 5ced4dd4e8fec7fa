package dev.graft.augment;

import dev.graft.settings.Interval;
import java.util.SplittableRandom;

/**
 * Keras' {@code RandomRotation}.
 *
 * @param factor share of a full turn, counter-clockwise
 */
record RandomRotation(Interval factor, Sampling sampling) implements RandomLayer {

    @Override
    public void apply(Canvas image, SplittableRandom random) {
        double angle = 2 * Math.PI * factor.at(random.nextDouble());
        Projection.rotation(angle, image.height(), image.width()).apply(image, sampling);
    }
}
