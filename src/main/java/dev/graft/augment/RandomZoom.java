package dev.graft.augment;

import dev.graft.settings.Interval;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Keras' {@code RandomZoom}.
 *
 * @param height how much more of the image's height is shown: below 0 zooms in
 * @param width the same for its width; null for what is drawn for the height
 */
record RandomZoom(Interval height, @Nullable Interval width, Sampling sampling) implements RandomLayer {

    @Override
    public void apply(Canvas image, SplittableRandom random) {
        double vertical = 1 + height.at(random.nextDouble());
        double horizontal = width == null ? vertical : 1 + width.at(random.nextDouble());
        Projection.zoom(vertical, horizontal, image.height(), image.width()).apply(image, sampling);
    }
}
