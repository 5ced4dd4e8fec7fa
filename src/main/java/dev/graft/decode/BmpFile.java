package dev.graft.decode;

/** The header of a Windows or OS/2 bitmap, and whether the pixels it announces are there. */
final class BmpFile {
    private static final int PIXELS_AT = 10;
    private static final int OS2_HEADER = 12;
    private static final int UNCOMPRESSED = 0;
    private static final int BIT_FIELDS = 3;

    private BmpFile() {}

    static ImageHeader header(byte[] bytes) throws RejectedException {
        ByteCursor cursor = new ByteCursor(bytes, PIXELS_AT);
        int pixelsAt = cursor.littleEndianInt();
        boolean isOs2 = cursor.littleEndianInt() == OS2_HEADER;
        int width = isOs2 ? cursor.littleEndianShort() : cursor.littleEndianInt();
        int height = isOs2 ? cursor.littleEndianShort() : cursor.littleEndianInt();
        cursor.skip(Short.BYTES);
        int bits = cursor.littleEndianShort();
        int compression = isOs2 ? UNCOMPRESSED : cursor.littleEndianInt();
        if (compression < UNCOMPRESSED || compression > BIT_FIELDS) {
            throw RejectedException.unsupported("BMP compression " + compression + " (0 to 3)");
        }
        // Rows of a negative height go from the top.
        ImageHeader header = new ImageHeader(ImageFormat.BMP, width, Math.abs(height));
        if (compression == UNCOMPRESSED || compression == BIT_FIELDS) {
            checkComplete(bytes, pixelsAt, header, bits);
        }
        return header;
    }

    private static void checkComplete(byte[] bytes, int pixelsAt, ImageHeader header, int bits)
            throws RejectedException {
        long rowBytes = ((long) header.width() * bits + 31) / 32 * 4;
        long needed = pixelsAt + rowBytes * header.height();
        if (header.width() > 0 && header.height() > 0 && bytes.length < needed) {
            throw RejectedException.truncated("the file ends after " + bytes.length + " of " + needed + " bytes");
        }
    }
}
