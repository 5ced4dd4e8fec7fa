package dev.graft.augment;

/** An image that layers change one after another: height, width, RGB, values from 0 to 255. */
final class Canvas {
    static final int CHANNELS = 3;
    static final float LARGEST_VALUE = 255;

    private final int height;
    private final int width;
    private float[] values;
    private float[] spare;

    Canvas(int height, int width) {
        this.height = height;
        this.width = width;
        this.values = new float[height * width * CHANNELS];
        this.spare = new float[values.length];
    }

    int height() {
        return height;
    }

    int width() {
        return width;
    }

    float[] values() {
        return values;
    }

    /** Room for the next image, which {@link #swap} makes the current one. */
    float[] spare() {
        return spare;
    }

    void swap() {
        float[] old = values;
        values = spare;
        spare = old;
    }

    void load(float[] image) {
        System.arraycopy(image, 0, values, 0, values.length);
    }

    /** A value of a pixel, or the fill value where there is no such pixel. */
    float value(int row, int column, int channel, float fill) {
        return row < 0 || row >= height || column < 0 || column >= width
                ? fill
                : values[(row * width + column) * CHANNELS + channel];
    }
}
