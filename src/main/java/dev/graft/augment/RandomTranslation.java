package dev.graft.augment;

import dev.graft.settings.Interval;
import java.util.SplittableRandom;

/**
 * Keras' {@code RandomTranslation}.
 *
 * @param height share of the image's height by which it moves down
 * @param width share of its width by which it moves right
 */
record RandomTranslation(Interval height, Interval width, Sampling sampling) implements RandomLayer {

    @Override
    public void apply(Canvas image, SplittableRandom random) {
        double down = height.at(random.nextDouble()) * image.height();
        double right = width.at(random.nextDouble()) * image.width();
        Projection.translation(down, right).apply(image, sampling);
    }
}
