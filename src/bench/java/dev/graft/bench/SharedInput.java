package dev.graft.bench;

import java.util.SplittableRandom;

/** What every contender computes on; the same in every JVM. */
final class SharedInput {
    /** Side of an image, in pixels. */
    static final int SIZE = 150;

    static final int CHANNELS = 3;
    /** Images in a batch. */
    static final int BATCH = 16;

    private static final long SEED = 20261124;
    private static final int TILE = 10;
    private static final float LARGEST_TONE = 200;
    private static final float GRAIN = 55;

    private SharedInput() {}

    /** Shape of {@link #batch}: NHWC. */
    static long[] batchShape() {
        return new long[] {BATCH, SIZE, SIZE, CHANNELS};
    }

    /** The pixels of the batch that networks are run on. */
    static float[] batch() {
        return pixels(BATCH);
    }

    /** Labels of the batch, for training: every other image is positive. */
    static float[] labels() {
        float[] labels = new float[BATCH];
        for (int i = 1; i < BATCH; i += 2) {
            labels[i] = 1;
        }
        return labels;
    }

    /** Images of coloured tiles with grain, one after another: NHWC, 0..255. */
    static float[] pixels(int images) {
        SplittableRandom random = new SplittableRandom(SEED);
        float[] pixels = new float[images * SIZE * SIZE * CHANNELS];
        int tiles = SIZE / TILE;
        int next = 0;
        for (int image = 0; image < images; image++) {
            float[] tones = uniform(random, tiles * tiles * CHANNELS, LARGEST_TONE);
            for (int y = 0; y < SIZE; y++) {
                for (int x = 0; x < SIZE; x++) {
                    int tile = (y / TILE * tiles + x / TILE) * CHANNELS;
                    for (int channel = 0; channel < CHANNELS; channel++) {
                        pixels[next++] = tones[tile + channel] + (float) random.nextDouble() * GRAIN;
                    }
                }
            }
        }
        return pixels;
    }

    /** Weights of a dense layer from features to one logit; its bias is zero. */
    static float[] headWeights(int features) {
        float[] weights = uniform(new SplittableRandom(SEED), features, 1);
        for (int i = 0; i < features; i++) {
            weights[i] = (weights[i] - 0.5f) * (float) Math.sqrt(24.0 / (features + 1)); // Glorot uniform
        }
        return weights;
    }

    /** A square matrix for products. */
    static float[] matrix(int size) {
        return uniform(new SplittableRandom(SEED), size * size, 1);
    }

    private static float[] uniform(SplittableRandom random, int count, float bound) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble() * bound;
        }
        return values;
    }
}
