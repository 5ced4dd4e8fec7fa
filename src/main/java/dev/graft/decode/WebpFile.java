package dev.graft.decode;

/** The header of a WebP file (RFC 9649): lossy, lossless or extended. */
final class WebpFile {
    private static final int RIFF_LENGTH_AT = 4;
    private static final int LOSSY = 'V' | 'P' << 8 | '8' << 16 | ' ' << 24;
    private static final int LOSSLESS = 'V' | 'P' << 8 | '8' << 16 | 'L' << 24;
    private static final int EXTENDED = 'V' | 'P' << 8 | '8' << 16 | 'X' << 24;
    private static final int ANIMATED = 1 << 1;
    private static final int LOSSY_FRAME_TAG = 3;
    private static final int LOSSY_START_CODE = 3;
    private static final int SIDE_BITS = 14;
    private static final int SIDE_MASK = (1 << SIDE_BITS) - 1;

    private WebpFile() {}

    static ImageHeader header(byte[] bytes) throws RejectedException {
        ByteCursor cursor = new ByteCursor(bytes, RIFF_LENGTH_AT);
        checkComplete(bytes, cursor.littleEndianInt());
        cursor.skip(Integer.BYTES);
        int chunk = cursor.littleEndianInt();
        cursor.skip(Integer.BYTES);
        return switch (chunk) {
            case LOSSY -> ofLossy(cursor);
            case LOSSLESS -> ofLossless(cursor);
            case EXTENDED -> ofExtended(cursor);
            default -> throw RejectedException.corrupt("the first chunk of a WebP file is none that begins one");
        };
    }

    private static void checkComplete(byte[] bytes, int announced) throws RejectedException {
        long needed = Integer.toUnsignedLong(announced) + 2 * Integer.BYTES;
        if (bytes.length < needed) {
            throw RejectedException.truncated("the file ends after " + bytes.length + " of " + needed + " bytes");
        }
    }

    private static ImageHeader ofLossy(ByteCursor cursor) throws RejectedException {
        cursor.skip(LOSSY_FRAME_TAG + LOSSY_START_CODE);
        int width = cursor.littleEndianShort() & SIDE_MASK;
        return new ImageHeader(ImageFormat.WEBP, width, cursor.littleEndianShort() & SIDE_MASK);
    }

    private static ImageHeader ofLossless(ByteCursor cursor) throws RejectedException {
        cursor.skip(1);
        int sides = cursor.littleEndianInt();
        return new ImageHeader(ImageFormat.WEBP, (sides & SIDE_MASK) + 1, (sides >>> SIDE_BITS & SIDE_MASK) + 1);
    }

    private static ImageHeader ofExtended(ByteCursor cursor) throws RejectedException {
        int flags = cursor.unsignedByte();
        if ((flags & ANIMATED) != 0) {
            throw RejectedException.unsupported("an animated WebP file");
        }
        cursor.skip(3);
        int width = cursor.littleEndianShort() | cursor.unsignedByte() << 16;
        int height = cursor.littleEndianShort() | cursor.unsignedByte() << 16;
        return new ImageHeader(ImageFormat.WEBP, width + 1, height + 1);
    }
}
