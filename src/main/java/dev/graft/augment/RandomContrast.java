package dev.graft.augment;

import dev.graft.settings.Interval;
import java.util.SplittableRandom;

/**
 * Keras' {@code RandomContrast}: each channel is spread around its mean over the image.
 *
 * @param factor how much more than the original's the contrast is
 */
record RandomContrast(Interval factor) implements RandomLayer {

    @Override
    public void apply(Canvas image, SplittableRandom random) {
        spread(image, (float) (1 + factor.at(random.nextDouble())));
    }

    static void spread(Canvas image, float contrast) {
        float[] values = image.values();
        for (int channel = 0; channel < Canvas.CHANNELS; channel++) {
            double sum = 0;
            for (int i = channel; i < values.length; i += Canvas.CHANNELS) {
                sum += values[i];
            }
            float mean = (float) (sum * Canvas.CHANNELS / values.length);
            for (int i = channel; i < values.length; i += Canvas.CHANNELS) {
                float spread = (values[i] - mean) * contrast + mean;
                values[i] = Math.min(Math.max(spread, 0), Canvas.LARGEST_VALUE);
            }
        }
    }
}
