package dev.graft.decode;

/**
 * The colours of a bitmap with up to 8 bits a pixel; black where the file has none.
 *
 * <p>Where OpenCV would not read a palette of 256 colours, TensorFlow still takes a pixel for a grey value, and so does
 * this class.
 */
final class BmpPalette {
    private static final int MOST_COLOURS = 256;
    private static final int GREY_BITS = 8;
    private static final int GREY = 0x010101;

    private final int[] colours;

    private BmpPalette(int[] colours) {
        this.colours = colours;
    }

    static BmpPalette of(byte[] bytes, BmpFile file) throws RejectedException {
        if (file.isCore()) {
            return read(bytes, file, 1 << file.bits(), 3);
        }
        int entries = file.colours() == 0 ? 1 << file.bits() : file.colours();
        if (isReadable(bytes, file, entries)) {
            return read(bytes, file, entries, Integer.BYTES);
        }
        if (file.bits() == GREY_BITS && !isRunLength(file)) {
            return greys();
        }
        throw file.knowsColours()
                ? RejectedException.corrupt("BMP palette of " + file.colours() + " colours (up to " + MOST_COLOURS
                        + ", all of them in the file)")
                : file.unsupported();
    }

    /** The colour of a value, 0xRRGGBB. */
    int colour(int value) {
        return colours[value];
    }

    private static boolean isReadable(byte[] bytes, BmpFile file, int entries) {
        return file.knowsColours()
                && (file.compression() == BmpFile.UNCOMPRESSED || isRunLength(file))
                && entries >= 0
                && entries <= MOST_COLOURS
                && file.headerEnd() + (long) entries * Integer.BYTES <= bytes.length;
    }

    private static boolean isRunLength(BmpFile file) {
        return file.compression() == BmpFile.RUNS_OF_8_BITS || file.compression() == BmpFile.RUNS_OF_4_BITS;
    }

    private static BmpPalette read(byte[] bytes, BmpFile file, int entries, int entryBytes) throws RejectedException {
        ByteCursor cursor = new ByteCursor(bytes, Math.toIntExact(file.headerEnd()));
        int[] colours = new int[MOST_COLOURS];
        for (int i = 0; i < entries; i++) {
            colours[i] = cursor.unsignedByte() | cursor.unsignedByte() << 8 | cursor.unsignedByte() << 16;
            cursor.skip(entryBytes - 3);
        }
        return new BmpPalette(colours);
    }

    private static BmpPalette greys() {
        int[] colours = new int[MOST_COLOURS];
        for (int i = 0; i < colours.length; i++) {
            colours[i] = i * GREY;
        }
        return new BmpPalette(colours);
    }
}
