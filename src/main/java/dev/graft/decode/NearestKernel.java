package dev.graft.decode;

/** TensorFlow's {@code ResizeNearestNeighbor} with half-pixel centres. */
final class NearestKernel implements ResizeKernel {
    private static final int CHANNELS = RgbImage.CHANNELS;

    private final int height;
    private final int width;

    NearestKernel(int height, int width) {
        this.height = height;
        this.width = width;
    }

    @Override
    public void resize(RgbImage image, float[] target, int offset) {
        float down = (float) image.height() / height;
        float across = (float) image.width() / width;
        byte[] rgb = image.rgb();
        int to = offset;
        for (int y = 0; y < height; y++) {
            int row = nearest(y, down, image.height()) * image.width();
            for (int x = 0; x < width; x++) {
                int from = (row + nearest(x, across, image.width())) * CHANNELS;
                for (int channel = 0; channel < CHANNELS; channel++) {
                    target[to++] = rgb[from + channel] & 0xFF;
                }
            }
        }
    }

    private static int nearest(int output, float scale, int inputs) {
        return Math.min((int) Math.floor((output + 0.5f) * scale), inputs - 1);
    }
}
