package dev.graft.augment;

import dev.graft.settings.Interval;
import dev.graft.settings.Seeds;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Changes training images at random. What is drawn is a function of the seed, the round of draws and the image's
 * content alone, so that partitions, retries and the number of executors change nothing. For one thread at a time.
 */
public final class Augmenter {
    private static final int DIGITS_OF_LONG = 16;

    private final List<RandomLayer> layers;
    private final long seed;
    private final Canvas canvas;

    /** @param size side of the images, in pixels */
    public Augmenter(AugmentSettings settings, int size) {
        this.layers = layers(settings);
        this.seed = settings.seed();
        this.canvas = new Canvas(size, size);
    }

    private static List<RandomLayer> layers(AugmentSettings settings) {
        List<RandomLayer> layers = new ArrayList<>();
        Interval zoomWidth = settings.zoomWidth();
        if (settings.flip() != Flip.NONE) {
            layers.add(new RandomFlip(settings.flip()));
        }
        if (!settings.rotation().isZero()) {
            layers.add(new RandomRotation(settings.rotation(), settings.sampling()));
        }
        if (!settings.zoomHeight().isZero() || zoomWidth != null) {
            layers.add(new RandomZoom(settings.zoomHeight(), zoomWidth, settings.sampling()));
        }
        if (!settings.translationHeight().isZero()
                || !settings.translationWidth().isZero()) {
            layers.add(new RandomTranslation(
                    settings.translationHeight(), settings.translationWidth(), settings.sampling()));
        }
        if (!settings.contrast().isZero()) {
            layers.add(new RandomContrast(settings.contrast()));
        }
        if (!settings.brightness().isZero()) {
            layers.add(new RandomBrightness(settings.brightness()));
        }
        return layers;
    }

    /**
     * Augments an image.
     *
     * @param image height, width, RGB; 0 to 255
     * @param sha256 digest of the image's content, in hexadecimal
     * @param round of draws: the epoch, or the view
     * @param target where the augmented image goes
     * @param to the index of its first value
     */
    public void augment(float[] image, String sha256, long round, float[] target, int to) {
        canvas.load(image);
        long content = HexFormat.fromHexDigitsToLong(sha256.substring(0, DIGITS_OF_LONG));
        SplittableRandom random = new SplittableRandom(Seeds.mix(seed, round, content));
        layers.forEach(layer -> layer.apply(canvas, random));
        System.arraycopy(canvas.values(), 0, target, to, canvas.values().length);
    }
}
