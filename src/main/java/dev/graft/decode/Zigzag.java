package dev.graft.decode;

/** The order in which JPEG files give the coefficients of a block (ITU T.81, figure A.6). */
final class Zigzag {
    /** Places in a block, counted along its rows. */
    private static final byte[] NATURAL = {
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14,
        21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60,
        61, 54, 47, 55, 62, 63
    };

    private static final byte[] ROWS = new byte[NATURAL.length];
    private static final byte[] COLUMNS = new byte[NATURAL.length];

    static {
        for (int k = 0; k < NATURAL.length; k++) {
            ROWS[k] = (byte) (NATURAL[k] / JpegComponent.BLOCK);
            COLUMNS[k] = (byte) (NATURAL[k] % JpegComponent.BLOCK);
        }
    }

    private Zigzag() {}

    static int row(int zigzag) {
        return ROWS[zigzag];
    }

    static int column(int zigzag) {
        return COLUMNS[zigzag];
    }

    /** Runs of zeros in broken files lead past the end, to the last coefficient. */
    static int limited(int zigzag) {
        return Math.min(zigzag, NATURAL.length - 1);
    }
}
