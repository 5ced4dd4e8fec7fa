package dev.graft.decode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of a PNG file, checked and cut down to what its pixels are made of. Without the others libpng has nothing
 * to warn of, and nothing to unpack that could be a bomb; alpha is dropped, so transparency is left out too.
 */
final class PngFile {
    private static final int SIGNATURE_LENGTH = 8;
    private static final int IHDR = name("IHDR");
    private static final int PLTE = name("PLTE");
    private static final int IDAT = name("IDAT");
    private static final int IEND = name("IEND");
    private static final int IHDR_LENGTH = 13;

    /** Length and name. */
    private static final int BEFORE_DATA = 8;

    private static final int COLOUR_TYPE_AT = 25;
    private static final int INDEXED = 3;

    /** Length, name and checksum. */
    private static final int AROUND_DATA = 12;

    private static final int LARGEST_SIDE = 1_000_000;

    /** The bit depths that each colour type may have, as bits of a mask; 0 for types that do not exist. */
    private static final int[] DEPTHS = {
        depths(1, 2, 4, 8, 16), 0, depths(8, 16), depths(1, 2, 4, 8), depths(8, 16), 0, depths(8, 16)
    };

    private final byte[] bytes;
    private final ByteCursor cursor;
    private final CRC32 checksum = new CRC32();
    private final ByteArrayOutputStream pixels;
    private byte @Nullable [] palette;

    private PngFile(byte[] bytes) {
        this.bytes = bytes;
        this.cursor = new ByteCursor(bytes, SIGNATURE_LENGTH);
        this.pixels = new ByteArrayOutputStream(bytes.length);
    }

    static ImageHeader header(byte[] bytes) throws RejectedException {
        ByteCursor cursor = new ByteCursor(bytes, SIGNATURE_LENGTH);
        int length = cursor.bigEndianInt();
        if (cursor.bigEndianInt() != IHDR || length != IHDR_LENGTH) {
            throw RejectedException.corrupt("the first chunk is not a PNG header");
        }
        int width = cursor.bigEndianInt();
        int height = cursor.bigEndianInt();
        checkPixels(cursor.unsignedByte(), cursor.unsignedByte());
        int compression = cursor.unsignedByte();
        int filter = cursor.unsignedByte();
        int interlace = cursor.unsignedByte();
        if (compression != 0 || filter != 0 || interlace > 1) {
            throw RejectedException.corrupt("a compression, filter or interlace method that PNG does not have");
        }
        if (width > LARGEST_SIDE || height > LARGEST_SIDE) {
            throw RejectedException.unsupported("PNG of " + width + "x" + height + " (at most 1000000 a side)");
        }
        return new ImageHeader(ImageFormat.PNG, width, height);
    }

    /** The file with nothing but its critical chunks. */
    static byte[] criticalChunks(byte[] bytes) throws RejectedException {
        return new PngFile(bytes).keepCritical();
    }

    private byte[] keepCritical() throws RejectedException {
        boolean pixelsBegan = false;
        boolean pixelsEnded = false;
        int name;
        do {
            int start = cursor.position();
            int length = cursor.bigEndianInt();
            name = cursor.bigEndianInt();
            checkLength(length, start);
            cursor.skip(length);
            pixelsEnded |= pixelsBegan && name != IDAT;
            if (isCritical(name) && !(name == IDAT && pixelsEnded)) {
                checkCritical(start, length, name);
                keep(start, length, name, pixelsBegan);
            }
            pixelsBegan |= name == IDAT;
            cursor.moveTo(start + AROUND_DATA + length);
        } while (name != IEND);
        return together();
    }

    private void keep(int start, int length, int name, boolean pixelsBegan) throws RejectedException {
        if (name == IDAT) {
            pixels.write(bytes, start + BEFORE_DATA, length);
        } else if (name == PLTE && !pixelsBegan) {
            keepPalette(start, length);
        } else if (name == IHDR && start != SIGNATURE_LENGTH) {
            throw second(name, start);
        }
    }

    /** What has no indices needs none; libpng would only say that it is there. */
    private void keepPalette(int start, int length) throws RejectedException {
        if (bytes[COLOUR_TYPE_AT] != INDEXED) {
            return;
        }
        if (palette != null) {
            throw second(PLTE, start);
        }
        palette = Arrays.copyOfRange(bytes, start + BEFORE_DATA, start + BEFORE_DATA + length);
    }

    private static RejectedException second(int name, int start) {
        return RejectedException.corrupt("a second PNG chunk " + text(name) + ", at byte " + start);
    }

    /**
     * One chunk of each kind. What is there a million times would keep libpng busy, and have it print as often.
     */
    private byte[] together() {
        ByteArrayOutputStream file = new ByteArrayOutputStream(bytes.length);
        file.write(bytes, 0, SIGNATURE_LENGTH + AROUND_DATA + IHDR_LENGTH);
        if (palette != null) {
            write(PLTE, palette, file);
        }
        write(IDAT, pixels.toByteArray(), file);
        write(IEND, new byte[0], file);
        return file.toByteArray();
    }

    private void write(int name, byte[] data, ByteArrayOutputStream file) {
        byte[] letters = bigEndian(name);
        checksum.reset();
        checksum.update(letters);
        checksum.update(data);
        file.writeBytes(bigEndian(data.length));
        file.writeBytes(letters);
        file.writeBytes(data);
        file.writeBytes(bigEndian((int) checksum.getValue()));
    }

    private static byte[] bigEndian(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    private void checkCritical(int start, int length, int name) throws RejectedException {
        if (name != IHDR && name != PLTE && name != IDAT && name != IEND) {
            throw RejectedException.unsupported("a critical PNG chunk that is unknown, at byte " + start);
        }
        checksum.reset();
        checksum.update(bytes, start + 4, length + 4);
        if (cursor.bigEndianInt() != (int) checksum.getValue()) {
            throw RejectedException.corrupt(
                    "the checksum of the chunk " + text(name) + " at byte " + start + " is wrong");
        }
    }

    private static void checkLength(int length, int start) throws RejectedException {
        if (length < 0) {
            throw RejectedException.corrupt("a PNG chunk of negative length at byte " + start);
        }
    }

    private static void checkPixels(int depth, int colourType) throws RejectedException {
        boolean exists = colourType < DEPTHS.length && depth <= 16 && (DEPTHS[colourType] & depths(depth)) != 0;
        if (!exists) {
            throw RejectedException.corrupt("PNG colour type " + colourType + " with " + depth + " bits");
        }
    }

    private static int depths(int... bits) {
        int depths = 0;
        for (int depth : bits) {
            depths |= 1 << depth;
        }
        return depths;
    }

    private static boolean isCritical(int name) {
        return Character.isUpperCase(name >>> 24);
    }

    private static int name(String ascii) {
        int name = 0;
        for (byte letter : ascii.getBytes(StandardCharsets.US_ASCII)) {
            name = name << 8 | letter;
        }
        return name;
    }

    private static String text(int name) {
        byte[] letters = {(byte) (name >> 24), (byte) (name >> 16), (byte) (name >> 8), (byte) name};
        return new String(letters, StandardCharsets.ISO_8859_1);
    }
}
