package dev.graft.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The chunks of a WebP file (RFC 9649): lossy, lossless or extended. Of an extended file only the picture is decoded;
 * alpha is dropped, so its chunk, compressed like a lossless picture, never reaches a decoder.
 */
final class WebpFile {
    private static final byte[] RIFF = {'R', 'I', 'F', 'F'};
    private static final byte[] WEBP = {'W', 'E', 'B', 'P'};
    private static final int RIFF_LENGTH_AT = 4;
    private static final int FIRST_CHUNK_AT = 12;

    /** Name and length. */
    private static final int BEFORE_DATA = 8;

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
            case LOSSY, LOSSLESS -> ofPicture(bytes);
            case EXTENDED -> ofExtended(bytes, cursor);
            default -> throw RejectedException.corrupt("the first chunk of a WebP file is none that begins one");
        };
    }

    private static ImageHeader ofPicture(byte[] bytes) throws RejectedException {
        ByteCursor cursor = picture(bytes);
        boolean isLossy = cursor.littleEndianInt() == LOSSY;
        cursor.skip(Integer.BYTES);
        return isLossy ? ofLossy(cursor) : ofLossless(cursor);
    }

    /** Whether the picture is compressed without loss, which takes more memory to decode. */
    static boolean isLossless(byte[] bytes) throws RejectedException {
        ByteCursor cursor = picture(bytes);
        return cursor.littleEndianInt() == LOSSLESS;
    }

    /** What a decoder holds for the prefix codes of a lossless picture, in bytes. */
    static long tableBytes(byte[] bytes, ImageHeader header) throws RejectedException {
        ByteCursor cursor = picture(bytes);
        cursor.skip(Integer.BYTES);
        int length = cursor.littleEndianInt();
        return WebpGroups.tableBytes(bytes, cursor.position(), cursor.position() + length, header);
    }

    /** The file with nothing but its picture. */
    static byte[] pictureOnly(byte[] bytes) throws RejectedException {
        ByteCursor cursor = picture(bytes);
        int start = cursor.position();
        if (start == FIRST_CHUNK_AT) {
            return bytes;
        }
        cursor.skip(Integer.BYTES);
        int length = cursor.littleEndianInt();
        int padded = BEFORE_DATA + length + (length & 1);
        ByteBuffer kept = ByteBuffer.allocate(FIRST_CHUNK_AT + padded).order(ByteOrder.LITTLE_ENDIAN);
        kept.put(RIFF).putInt(WEBP.length + padded).put(WEBP);
        kept.put(bytes, start, Math.min(padded, bytes.length - start));
        return kept.array();
    }

    /** A cursor at the chunk that has the picture. */
    private static ByteCursor picture(byte[] bytes) throws RejectedException {
        ByteCursor cursor = new ByteCursor(bytes, FIRST_CHUNK_AT);
        while (true) {
            int start = cursor.position();
            int name = cursor.littleEndianInt();
            int length = cursor.littleEndianInt();
            if (length < 0) {
                throw RejectedException.corrupt("a WebP chunk of negative length at byte " + start);
            }
            cursor.skip(length);
            if (name == LOSSY || name == LOSSLESS) {
                cursor.moveTo(start);
                return cursor;
            }
            cursor.skip(length & 1);
        }
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

    private static ImageHeader ofExtended(byte[] bytes, ByteCursor cursor) throws RejectedException {
        int flags = cursor.unsignedByte();
        if ((flags & ANIMATED) != 0) {
            throw RejectedException.unsupported("an animated WebP file");
        }
        cursor.skip(3);
        int width = 1 + (cursor.littleEndianShort() | cursor.unsignedByte() << 16);
        int height = 1 + (cursor.littleEndianShort() | cursor.unsignedByte() << 16);
        ImageHeader picture = ofPicture(bytes);
        if (picture.width() != width || picture.height() != height) {
            throw RejectedException.corrupt("a WebP file of " + width + "x" + height + " pixels with a picture of "
                    + picture.width() + "x" + picture.height());
        }
        return picture;
    }
}
