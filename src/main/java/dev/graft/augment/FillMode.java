package dev.graft.augment;

/**
 * What stands beyond the edges of an image, as Keras names it. The arithmetic is that of TensorFlow's
 * {@code ImageProjectiveTransformV3}, in single precision.
 */
public enum FillMode {
    /** {@code dcba|abcd|dcba} */
    REFLECT {
        @Override
        float map(float coordinate, int length) {
            if (length <= 1) {
                return 0;
            }
            int period = 2 * length;
            float in = coordinate;
            if (in < 0) {
                if (in < period) {
                    in += period * (int) (-in / period);
                }
                in = in < -length ? in + period : -in - 1;
            } else if (in > length - 1) {
                in -= period * (int) (in / period);
                if (in >= length) {
                    in = period - in - 1;
                }
            }
            return clamp(in, length);
        }
    },
    /** {@code abcd|abcd|abcd} */
    WRAP {
        @Override
        float map(float coordinate, int length) {
            if (length <= 1) {
                return 0;
            }
            float in = coordinate;
            if (in < 0) {
                in += length * ((int) (-in / (length - 1)) + 1);
            } else if (in > length - 1) {
                in -= length * (int) (in / (length - 1));
            }
            return clamp(in, length);
        }
    },
    /** {@code aaaa|abcd|dddd} */
    NEAREST {
        @Override
        float map(float coordinate, int length) {
            return clamp(coordinate, length);
        }
    },
    /** {@code kkkk|abcd|kkkk}, with the fill value for k */
    CONSTANT {
        @Override
        float map(float coordinate, int length) {
            return coordinate;
        }
    };

    /** Where in the image a coordinate is read that may lie outside. */
    abstract float map(float coordinate, int length);

    private static float clamp(float coordinate, int length) {
        return Math.min(Math.max(coordinate, 0), length - 1);
    }
}
