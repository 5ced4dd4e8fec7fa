package dev.graft.augment;

/** How a value between pixels is found. */
public enum Interpolation {
    BILINEAR {
        @Override
        void read(Canvas image, float y, float x, float fill, float[] target, int to) {
            int top = (int) Math.floor(y);
            int left = (int) Math.floor(x);
            float right = x - left;
            float below = y - top;
            for (int channel = 0; channel < Canvas.CHANNELS; channel++) {
                float upper = (1 - right) * image.value(top, left, channel, fill)
                        + right * image.value(top, left + 1, channel, fill);
                float lower = (1 - right) * image.value(top + 1, left, channel, fill)
                        + right * image.value(top + 1, left + 1, channel, fill);
                target[to + channel] = (1 - below) * upper + below * lower;
            }
        }
    },
    NEAREST {
        @Override
        void read(Canvas image, float y, float x, float fill, float[] target, int to) {
            int row = round(y);
            int column = round(x);
            for (int channel = 0; channel < Canvas.CHANNELS; channel++) {
                target[to + channel] = image.value(row, column, channel, fill);
            }
        }
    };

    /** Reads a pixel at a place between pixels; what lies outside of the image is the fill value. */
    abstract void read(Canvas image, float y, float x, float fill, float[] target, int to);

    /** Half away from zero, as C++ rounds. */
    private static int round(float coordinate) {
        return (int) Math.copySign(Math.floor(Math.abs(coordinate) + 0.5), coordinate);
    }
}
