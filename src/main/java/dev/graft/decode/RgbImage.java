package dev.graft.decode;

/**
 * A decoded image: rows from the top, pixels from the left, one byte each of red, green and blue (HWC, uint8).
 *
 * <p>The array is handed over, not copied: whoever holds the image owns it.
 */
public final class RgbImage implements Decoded {
    static final int CHANNELS = 3;

    private final int width;
    private final int height;
    private final byte[] rgb;

    /** @throws IllegalArgumentException when {@code rgb} does not hold exactly {@code height * width * 3} bytes */
    public RgbImage(int width, int height, byte[] rgb) {
        if (width < 1 || height < 1 || (long) width * height * CHANNELS != rgb.length) {
            throw new IllegalArgumentException("Invalid image: " + width + "x" + height + " with " + rgb.length
                    + " bytes (3 bytes a pixel, at least one pixel)");
        }
        this.width = width;
        this.height = height;
        this.rgb = rgb;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** The pixels themselves, shape {@code [height, width, 3]}. */
    public byte[] rgb() {
        return rgb;
    }
}
