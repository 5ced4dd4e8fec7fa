package dev.graft.augment;

import java.util.SplittableRandom;

/** Keras' {@code RandomFlip}: mirrors with probability one half, each direction for itself. */
record RandomFlip(Flip mode) implements RandomLayer {
    private static final double HALF = 0.5;

    @Override
    public void apply(Canvas image, SplittableRandom random) {
        boolean horizontal = mode.isHorizontal() && random.nextDouble() <= HALF;
        boolean vertical = mode.isVertical() && random.nextDouble() <= HALF;
        flip(image, horizontal, vertical);
    }

    static void flip(Canvas image, boolean horizontal, boolean vertical) {
        if (!horizontal && !vertical) {
            return;
        }
        int width = image.width();
        for (int row = 0; row < image.height(); row++) {
            int fromRow = vertical ? image.height() - 1 - row : row;
            for (int column = 0; column < width; column++) {
                int fromColumn = horizontal ? width - 1 - column : column;
                System.arraycopy(
                        image.values(),
                        (fromRow * width + fromColumn) * Canvas.CHANNELS,
                        image.spare(),
                        (row * width + column) * Canvas.CHANNELS,
                        Canvas.CHANNELS);
            }
        }
        image.swap();
    }
}
