package dev.graft.decode;

import java.util.Arrays;

/**
 * How the samples of a component become as many as there are pixels. Halved components are interpolated with the
 * weights 3/4 and 1/4 as libjpeg's "fancy" upsampling does, rounding included; all others are repeated.
 */
enum JpegUpsampling {
    NONE {
        @Override
        void toRow(JpegComponent from, int y, int[] row) {
            int start = y * from.stride();
            for (int x = 0; x < from.width; x++) {
                row[x] = from.samples[start + x] & 0xFF;
            }
        }
    },
    WIDER {
        @Override
        void toRow(JpegComponent from, int y, int[] row) {
            byte[] samples = from.samples;
            int start = y * from.stride();
            int last = from.width - 1;
            row[0] = samples[start] & 0xFF;
            for (int x = 0; x < last; x++) {
                int left = samples[start + x] & 0xFF;
                int right = samples[start + x + 1] & 0xFF;
                row[2 * x + 1] = (3 * left + right + 2) >> 2;
                row[2 * x + 2] = (3 * right + left + 1) >> 2;
            }
            row[2 * last + 1] = samples[start + last] & 0xFF;
        }
    },
    HIGHER {
        @Override
        void toRow(JpegComponent from, int y, int[] row) {
            byte[] samples = from.samples;
            int near = (y >> 1) * from.stride();
            int far = fartherRow(from, y) * from.stride();
            int rounding = (y & 1) == 0 ? 1 : 2;
            for (int x = 0; x < from.width; x++) {
                row[x] = (3 * (samples[near + x] & 0xFF) + (samples[far + x] & 0xFF) + rounding) >> 2;
            }
        }
    },
    WIDER_AND_HIGHER {
        @Override
        void toRow(JpegComponent from, int y, int[] row) {
            byte[] samples = from.samples;
            int near = (y >> 1) * from.stride();
            int far = fartherRow(from, y) * from.stride();
            int last = from.width - 1;
            int left = 3 * (samples[near] & 0xFF) + (samples[far] & 0xFF);
            row[0] = (4 * left + 8) >> 4;
            for (int x = 0; x < last; x++) {
                int right = 3 * (samples[near + x + 1] & 0xFF) + (samples[far + x + 1] & 0xFF);
                row[2 * x + 1] = (3 * left + right + 7) >> 4;
                row[2 * x + 2] = (3 * right + left + 8) >> 4;
                left = right;
            }
            row[2 * last + 1] = (4 * left + 7) >> 4;
        }
    },
    REPEATED {
        @Override
        void toRow(JpegComponent from, int y, int[] row) {
            int start = y / from.verticalExpansion * from.stride();
            int wide = from.horizontalExpansion;
            for (int x = 0; x < from.width; x++) {
                Arrays.fill(row, x * wide, (x + 1) * wide, from.samples[start + x] & 0xFF);
            }
        }
    };

    /** Below this width there is nothing to interpolate between along a row. */
    private static final int NARROWEST = 3;

    /** Gives the samples of row {@code y} of the picture; {@code row} has room for a whole number of them. */
    abstract void toRow(JpegComponent from, int y, int[] row);

    static JpegUpsampling of(JpegComponent component) {
        int wide = component.horizontalExpansion;
        int high = component.verticalExpansion;
        boolean wideEnough = component.width >= NARROWEST;
        if (wide == 1 && high == 1) {
            return NONE;
        }
        if (wide == 2 && high == 1 && wideEnough) {
            return WIDER;
        }
        if (wide == 1 && high == 2) {
            return HIGHER;
        }
        return wide == 2 && high == 2 && wideEnough ? WIDER_AND_HIGHER : REPEATED;
    }

    /** The row of samples on the other side of the pixel row than the nearest one; at the edge, the nearest again. */
    private static int fartherRow(JpegComponent from, int y) {
        int row = (y >> 1) + ((y & 1) == 0 ? -1 : 1);
        return Math.max(0, Math.min(from.height - 1, row));
    }
}
