package dev.graft.augment;

/**
 * Where each pixel of a changed image comes from: the pixel at (x, y) is read at (xx * x + xy * y + x0,
 * yx * x + yy * y + y0), in single precision as TensorFlow's {@code ImageProjectiveTransformV3} does.
 */
record Projection(float xx, float xy, float x0, float yx, float yy, float y0) {

    /**
     * Turns around the middle of the image, as Keras' {@code RandomRotation} does.
     *
     * @param angle in radians, counter-clockwise
     */
    static Projection rotation(double angle, int height, int width) {
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double right = width - 1.0;
        double bottom = height - 1.0;
        double x0 = (right - (cos * right - sin * bottom)) / 2;
        double y0 = (bottom - (sin * right + cos * bottom)) / 2;
        return new Projection((float) cos, (float) -sin, (float) x0, (float) sin, (float) cos, (float) y0);
    }

    /**
     * Scales around the middle of the image, as Keras' {@code RandomZoom} does.
     *
     * @param vertical how much of the image's height the result shows: above 1 zooms out
     */
    static Projection zoom(double vertical, double horizontal, int height, int width) {
        double x0 = (width - 1.0) / 2 * (1 - horizontal);
        double y0 = (height - 1.0) / 2 * (1 - vertical);
        return new Projection((float) horizontal, 0, (float) x0, 0, (float) vertical, (float) y0);
    }

    /**
     * Moves the image, as Keras' {@code RandomTranslation} does.
     *
     * @param down in pixels
     * @param right in pixels
     */
    static Projection translation(double down, double right) {
        return new Projection(1, 0, (float) -right, 0, 1, (float) -down);
    }

    void apply(Canvas image, Sampling sampling) {
        FillMode mode = sampling.fillMode();
        int width = image.width();
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < width; x++) {
                float fromX = mode.map(xx * x + xy * y + x0, width);
                float fromY = mode.map(yx * x + yy * y + y0, image.height());
                int to = (y * width + x) * Canvas.CHANNELS;
                sampling.interpolation().read(image, fromY, fromX, sampling.fillValue(), image.spare(), to);
            }
        }
        image.swap();
    }
}
