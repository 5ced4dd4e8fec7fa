package dev.graft.decode;

/** TensorFlow's {@code ResizeBilinear} with half-pixel centres: between the four pixels around, whatever the scale. */
final class BilinearKernel implements ResizeKernel {
    private static final int CHANNELS = RgbImage.CHANNELS;

    private final int height;
    private final int width;
    private Axis rows;
    private Axis columns;

    BilinearKernel(int height, int width) {
        this.height = height;
        this.width = width;
        this.rows = new Axis(height, height, 1);
        this.columns = new Axis(width, width, CHANNELS);
    }

    @Override
    public void resize(RgbImage image, float[] target, int offset) {
        if (rows.inputs != image.height()) {
            rows = new Axis(image.height(), height, 1);
        }
        if (columns.inputs != image.width()) {
            columns = new Axis(image.width(), width, CHANNELS);
        }
        int stride = image.width() * CHANNELS;
        for (int y = 0; y < height; y++) {
            int above = rows.lower[y] * stride;
            int below = rows.upper[y] * stride;
            interpolateRow(image.rgb(), above, below, rows.fraction[y], target, offset + y * width * CHANNELS);
        }
    }

    private void interpolateRow(byte[] rgb, int above, int below, float down, float[] target, int offset) {
        int[] lower = columns.lower;
        int[] upper = columns.upper;
        float[] fraction = columns.fraction;
        for (int x = 0; x < width; x++) {
            int left = lower[x];
            int right = upper[x];
            float across = fraction[x];
            for (int channel = 0; channel < CHANNELS; channel++) {
                float top = between(rgb[above + left + channel], rgb[above + right + channel], across);
                float bottom = between(rgb[below + left + channel], rgb[below + right + channel], across);
                target[offset + CHANNELS * x + channel] = top + (bottom - top) * down;
            }
        }
    }

    private static float between(byte from, byte to, float fraction) {
        float start = from & 0xFF;
        return start + ((to & 0xFF) - start) * fraction;
    }

    /** For each output along one axis the two inputs it lies between, times their distance in memory, and how far. */
    private static final class Axis {
        final int inputs;
        final int[] lower;
        final int[] upper;
        final float[] fraction;

        Axis(int inputs, int outputs, int step) {
            this.inputs = inputs;
            this.lower = new int[outputs];
            this.upper = new int[outputs];
            this.fraction = new float[outputs];
            float scale = (float) inputs / outputs;
            for (int i = 0; i < outputs; i++) {
                float at = (i + 0.5f) * scale - 0.5f;
                float floor = (float) Math.floor(at);
                upper[i] = step * Math.min((int) Math.ceil(at), inputs - 1);
                lower[i] = Math.min(step * Math.max((int) floor, 0), upper[i]);
                fraction[i] = at - floor;
            }
        }
    }
}
