package dev.graft.decode;

import java.util.Objects;

/**
 * Resizes images to one size with the arithmetic of {@code tf.image.resize} (half-pixel centres, 32-bit floats), into
 * memory of the caller's. Keeps the weights of the last size and is not thread-safe: one per thread.
 */
public final class Resizer {
    private final ResizeKernel kernel;
    private final int values;

    /** @param size width and height of the result */
    public Resizer(ResizeMethod method, int size) {
        this(method, size, size);
    }

    Resizer(ResizeMethod method, int height, int width) {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("Invalid size: " + width + "x" + height + " (at least 1x1)");
        }
        this.kernel = kernel(method, height, width);
        this.values = height * width * RgbImage.CHANNELS;
    }

    /**
     * Writes the resized image, values 0 to 255, rows from the top, red, green and blue of each pixel side by side.
     *
     * @param target gets {@code size * size * 3} values
     * @param offset where they begin
     * @throws IndexOutOfBoundsException when they do not fit
     */
    public void resize(RgbImage image, float[] target, int offset) {
        Objects.checkFromIndexSize(offset, values, target.length);
        kernel.resize(image, target, offset);
    }

    private static ResizeKernel kernel(ResizeMethod method, int height, int width) {
        return switch (method) {
            case BILINEAR -> new BilinearKernel(height, width);
            case BILINEAR_ANTIALIAS -> new AntialiasKernel(height, width);
            case NEAREST -> new NearestKernel(height, width);
        };
    }
}
