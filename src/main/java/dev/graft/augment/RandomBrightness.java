package dev.graft.augment;

import dev.graft.settings.Interval;
import java.util.SplittableRandom;

/**
 * Keras' {@code RandomBrightness}.
 *
 * @param factor share of the range of values that is added to each
 */
record RandomBrightness(Interval factor) implements RandomLayer {

    @Override
    public void apply(Canvas image, SplittableRandom random) {
        add(image, (float) (factor.at(random.nextDouble()) * Canvas.LARGEST_VALUE));
    }

    static void add(Canvas image, float light) {
        float[] values = image.values();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.min(Math.max(values[i] + light, 0), Canvas.LARGEST_VALUE);
        }
    }
}
