package dev.graft.decode;

/** The header of a Windows or OS/2 bitmap, and how its pixels are stored. */
final class BmpFile {
    /** Bytes of OS/2's first header; sizes are two bytes in it, palette entries three. */
    static final int CORE_HEADER = 12;

    /** Where the header begins; its first field is its size. */
    static final int HEADER_AT = 14;

    static final int UNCOMPRESSED = 0;
    static final int RUNS_OF_8_BITS = 1;
    static final int RUNS_OF_4_BITS = 2;
    static final int BIT_FIELDS = 3;
    static final int ALPHA_BIT_FIELDS = 6;

    private static final int PIXELS_AT = 10;

    /** OS/2's second header ends anywhere from here on; fields that it lacks are zero. */
    private static final int SHORTEST_LONG_HEADER = 16;

    private static final int HEADER_WITH_COMPRESSION = 20;
    private static final int HEADER_WITH_COLOURS = 36;

    private final int headerBytes;
    private final int pixelsAt;
    private final int width;
    private final int height;
    private final int bits;
    private final int compression;
    private final int colours;

    private BmpFile(byte[] bytes) throws RejectedException {
        ByteCursor cursor = new ByteCursor(bytes, PIXELS_AT);
        pixelsAt = cursor.littleEndianInt();
        headerBytes = cursor.littleEndianInt();
        if (headerBytes != CORE_HEADER && headerBytes < SHORTEST_LONG_HEADER) {
            throw RejectedException.unsupported("BMP header of " + headerBytes + " bytes (" + CORE_HEADER + ", or from "
                    + SHORTEST_LONG_HEADER + ")");
        }
        boolean isCore = headerBytes == CORE_HEADER;
        width = isCore ? cursor.littleEndianShort() : cursor.littleEndianInt();
        height = isCore ? cursor.littleEndianShort() : cursor.littleEndianInt();
        cursor.skip(Short.BYTES);
        bits = cursor.littleEndianShort();
        compression = headerBytes < HEADER_WITH_COMPRESSION ? UNCOMPRESSED : cursor.littleEndianInt();
        colours = headerBytes < HEADER_WITH_COLOURS ? 0 : coloursAfterSizes(cursor);
    }

    private static int coloursAfterSizes(ByteCursor cursor) throws RejectedException {
        cursor.skip(3 * Integer.BYTES);
        return cursor.littleEndianInt();
    }

    static ImageHeader header(byte[] bytes) throws RejectedException {
        BmpFile file = new BmpFile(bytes);
        // Rows of a negative height go from the top.
        return new ImageHeader(ImageFormat.BMP, file.width, Math.abs(file.height));
    }

    /** The pixels of a file whose header was checked. */
    static RgbImage decode(byte[] bytes) throws RejectedException {
        BmpFile file = new BmpFile(bytes);
        if (file.pixelsAt < 0) {
            throw RejectedException.corrupt("BMP pixels at byte " + file.pixelsAt);
        }
        return switch (file.compression) {
            case RUNS_OF_8_BITS, RUNS_OF_4_BITS -> new BmpRuns(bytes, file).decode();
            case UNCOMPRESSED, BIT_FIELDS, ALPHA_BIT_FIELDS -> new BmpRows(bytes, file).decode();
            default -> throw RejectedException.unsupported("BMP compression " + file.compression + " (0 to 3, or 6)");
        };
    }

    /** Asks for the memory of the pixels. */
    BmpCanvas canvas() {
        return new BmpCanvas(width, height);
    }

    /** Where the palette begins, or the masks of bit fields. */
    long headerEnd() {
        return HEADER_AT + (long) headerBytes;
    }

    boolean isCore() {
        return headerBytes == CORE_HEADER;
    }

    /** Whether the header says how long its palette is. */
    boolean knowsColours() {
        return headerBytes >= HEADER_WITH_COLOURS;
    }

    int width() {
        return width;
    }

    int height() {
        return Math.abs(height);
    }

    int pixelsAt() {
        return pixelsAt;
    }

    int bits() {
        return bits;
    }

    int compression() {
        return compression;
    }

    /** Entries of the palette; 0 for as many as there are values of a pixel. */
    int colours() {
        return colours;
    }

    /** The variant, for a person to read. */
    RejectedException unsupported() {
        return RejectedException.unsupported("BMP of " + bits + " bits a pixel with compression " + compression
                + " and a header of " + headerBytes + " bytes");
    }
}
