package dev.graft.decode;

/** The header of a Windows or OS/2 bitmap, and whether the pixels it announces are there. */
final class BmpFile {
    private static final int PIXELS_AT = 10;
    private static final int OS2_HEADER = 12;
    private static final int UNCOMPRESSED = 0;
    private static final int BIT_FIELDS = 3;

    private final int pixelsAt;
    private final int width;
    private final int height;
    private final int bits;
    private final int compression;

    private BmpFile(byte[] bytes) throws RejectedException {
        ByteCursor cursor = new ByteCursor(bytes, PIXELS_AT);
        pixelsAt = cursor.littleEndianInt();
        boolean isOs2 = cursor.littleEndianInt() == OS2_HEADER;
        width = isOs2 ? cursor.littleEndianShort() : cursor.littleEndianInt();
        height = isOs2 ? cursor.littleEndianShort() : cursor.littleEndianInt();
        cursor.skip(Short.BYTES);
        bits = cursor.littleEndianShort();
        compression = isOs2 ? UNCOMPRESSED : cursor.littleEndianInt();
        if (compression < UNCOMPRESSED || compression > BIT_FIELDS) {
            throw RejectedException.unsupported("BMP compression " + compression + " (0 to 3)");
        }
    }

    static ImageHeader header(byte[] bytes) throws RejectedException {
        BmpFile file = new BmpFile(bytes);
        // Rows of a negative height go from the top.
        return new ImageHeader(ImageFormat.BMP, file.width, Math.abs(file.height));
    }

    /** Rejects a file that ends before its last row; how long compressed rows are, only decoding them tells. */
    static void checkComplete(byte[] bytes) throws RejectedException {
        BmpFile file = new BmpFile(bytes);
        if (file.compression != UNCOMPRESSED && file.compression != BIT_FIELDS) {
            return;
        }
        long rowBytes = ((long) file.width * file.bits + 31) / 32 * 4;
        long needed = file.pixelsAt + rowBytes * Math.abs(file.height);
        if (bytes.length < needed) {
            throw RejectedException.truncated("the file ends after " + bytes.length + " of " + needed + " bytes");
        }
    }
}
