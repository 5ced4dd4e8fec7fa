package dev.graft.decode;

import java.util.Arrays;

/** TensorFlow's {@code ScaleAndTranslate} with a triangle as wide as the scale, a pixel at least. */
final class AntialiasKernel implements ResizeKernel {
    private static final int CHANNELS = RgbImage.CHANNELS;

    private final int height;
    private final int width;
    private Axis rows;
    private Axis columns;
    private float[] shrunk = {};

    AntialiasKernel(int height, int width) {
        this.height = height;
        this.width = width;
        this.rows = new Axis(height, height);
        this.columns = new Axis(width, width);
    }

    @Override
    public void resize(RgbImage image, float[] target, int offset) {
        if (rows.inputs != image.height()) {
            rows = new Axis(image.height(), height);
        }
        if (columns.inputs != image.width()) {
            columns = new Axis(image.width(), width);
        }
        int stride = image.width() * CHANNELS;
        if (shrunk.length != stride) {
            shrunk = new float[stride];
        }
        for (int y = 0; y < height; y++) {
            gatherRows(image.rgb(), y, stride);
            gatherColumns(target, offset + y * width * CHANNELS);
        }
    }

    /** One row of the result, not yet shrunk along the row. */
    private void gatherRows(byte[] rgb, int y, int stride) {
        Arrays.fill(shrunk, 0);
        float[] weights = rows.weights[y];
        for (int i = 0; i < weights.length; i++) {
            int from = (rows.starts[y] + i) * stride;
            float weight = weights[i];
            for (int x = 0; x < stride; x++) {
                shrunk[x] += (rgb[from + x] & 0xFF) * weight;
            }
        }
    }

    private void gatherColumns(float[] target, int offset) {
        for (int x = 0; x < width; x++) {
            float[] weights = columns.weights[x];
            int from = columns.starts[x] * CHANNELS;
            for (int channel = 0; channel < CHANNELS; channel++) {
                float sum = 0;
                for (int i = 0; i < weights.length; i++) {
                    sum += shrunk[from + CHANNELS * i + channel] * weights[i];
                }
                target[offset + CHANNELS * x + channel] = sum;
            }
        }
    }

    /** For each output along one axis the inputs under its triangle, and their weights, which sum to one. */
    private static final class Axis {
        final int inputs;
        final int[] starts;
        final float[][] weights;

        Axis(int inputs, int outputs) {
            this.inputs = inputs;
            this.starts = new int[outputs];
            this.weights = new float[outputs][];
            // TensorFlow computes the scale first, and then its inverse, both rounded.
            float inverseScale = (float) (1.0 / ((float) outputs / inputs));
            float radius = Math.max(inverseScale, 1);
            for (int i = 0; i < outputs; i++) {
                float centre = (i + 0.5f) * inverseScale;
                starts[i] = Math.max(0, Math.min(inputs - 1, (int) Math.ceil(centre - radius - 0.5f)));
                int end = Math.max(0, Math.min(inputs - 1, (int) Math.floor(centre + radius - 0.5f))) + 1;
                weights[i] = triangle(starts[i], end, centre, 1 / radius);
            }
        }

        private static float[] triangle(int start, int end, float centre, float inverseRadius) {
            float[] weights = new float[end - start];
            float total = 0;
            for (int i = 0; i < weights.length; i++) {
                float distance = Math.abs((start + i + 0.5f - centre) * inverseRadius);
                weights[i] = Math.max(0, 1 - distance);
                total += weights[i];
            }
            float inverseTotal = 1 / total;
            for (int i = 0; i < weights.length; i++) {
                weights[i] *= inverseTotal;
            }
            return weights;
        }
    }
}
