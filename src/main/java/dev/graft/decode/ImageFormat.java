package dev.graft.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The formats that are decoded, told apart by their first bytes; the name of a file does not matter. */
enum ImageFormat {
    JPEG,
    PNG,
    GIF,
    BMP,
    WEBP;

    private static final byte[] JPEG_START = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};
    private static final byte[] PNG_START = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte[] GIF_START = ascii("GIF8");
    private static final byte[] BMP_START = ascii("BM");
    private static final byte[] RIFF_START = ascii("RIFF");
    private static final byte[] WEBP_NAME = ascii("WEBP");
    private static final int WEBP_NAME_AT = 8;

    static ImageFormat of(byte[] bytes) throws RejectedException {
        if (hasAt(bytes, 0, JPEG_START)) {
            return JPEG;
        }
        if (hasAt(bytes, 0, PNG_START)) {
            return PNG;
        }
        if (hasAt(bytes, 0, GIF_START)) {
            return GIF;
        }
        if (hasAt(bytes, 0, BMP_START)) {
            return BMP;
        }
        if (hasAt(bytes, 0, RIFF_START) && hasAt(bytes, WEBP_NAME_AT, WEBP_NAME)) {
            return WEBP;
        }
        throw new RejectedException(
                RejectReason.UNKNOWN_FORMAT, Lookalike.describe(bytes) + " (JPEG, PNG, GIF, BMP or WebP)");
    }

    static boolean hasAt(byte[] bytes, int at, byte[] expected) {
        return bytes.length >= at + expected.length
                && Arrays.equals(bytes, at, at + expected.length, expected, 0, expected.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
