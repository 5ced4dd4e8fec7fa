package dev.graft.decode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Small files that are large pictures, or a lot of work, all of them valid or nearly so. */
public final class Bombs {
    private static final int COMPONENTS = 3;

    private Bombs() {}

    /**
     * A progressive JPEG of three components without chroma subsampling: a scan of all DC coefficients without a byte of
     * data, then such scans that refine them.
     */
    public static byte[] progressiveJpeg(int width, int height, int refinements) {
        ByteArrayOutputStream jpeg = jpegUntilScans(0xC2, width, height);
        scan(jpeg, 0, 0, 0x01);
        for (int i = 0; i < refinements; i++) {
            scan(jpeg, 0, 0, 0x10);
        }
        return end(jpeg);
    }

    /** An arithmetic-coded JPEG of three components, sequential, in one scan without data. */
    public static byte[] arithmeticJpeg(int width, int height) {
        ByteArrayOutputStream jpeg = jpegUntilScans(0xC9, width, height);
        scan(jpeg, 0, 63, 0);
        return end(jpeg);
    }

    /** An arithmetic-coded JPEG of three components, progressive, in many scans without data. */
    public static byte[] arithmeticJpeg(int width, int height, int refinements) {
        ByteArrayOutputStream jpeg = jpegUntilScans(0xCA, width, height);
        scan(jpeg, 0, 0, 0x01);
        for (int i = 0; i < refinements; i++) {
            scan(jpeg, 0, 0, 0x10);
        }
        return end(jpeg);
    }

    private static ByteArrayOutputStream jpegUntilScans(int frame, int width, int height) {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        write(jpeg, 0xFF, 0xD8);
        write(jpeg, 0xFF, 0xDB, 0, 67, 0);
        jpeg.writeBytes(ones(64));
        write(jpeg, 0xFF, frame, 0, 8 + 3 * COMPONENTS, 8, height >> 8, height, width >> 8, width, COMPONENTS);
        for (int component = 1; component <= COMPONENTS; component++) {
            write(jpeg, component, 0x11, 0);
        }
        // One code of one bit each, for DC and for AC, that says nothing follows.
        write(jpeg, 0xFF, 0xC4, 0, 2 + 2 * 18);
        for (int table : new int[] {0x00, 0x10}) {
            write(jpeg, table, 1);
            jpeg.writeBytes(new byte[15]);
            write(jpeg, 0);
        }
        return jpeg;
    }

    private static void scan(ByteArrayOutputStream jpeg, int first, int last, int bits) {
        write(jpeg, 0xFF, 0xDA, 0, 6 + 2 * COMPONENTS, COMPONENTS, 1, 0, 2, 0, 3, 0, first, last, bits);
    }

    private static byte[] end(ByteArrayOutputStream jpeg) {
        write(jpeg, 0xFF, 0xD9);
        return jpeg.toByteArray();
    }

    /** A lossless WebP of one colour, in which no pixel takes a bit. */
    public static byte[] losslessWebp(int width, int height) {
        ByteBuffer webp = ByteBuffer.allocate(34).order(ByteOrder.LITTLE_ENDIAN);
        webp.put(ascii("RIFF")).putInt(26).put(ascii("WEBPVP8L")).putInt(13);
        webp.put((byte) 0x2F).putInt(width - 1 | height - 1 << 14);
        // No transform, no cache, one group of codes; five codes of one symbol: 1, 0, 0 and the symbol 0.
        long bits = 0;
        for (int code = 0; code < 5; code++) {
            bits |= 1L << 3 + 4 * code;
        }
        webp.putLong(bits);
        return webp.array();
    }

    /** A lossless WebP of a million pixels that announces a group of prefix codes for each of its 65,536 blocks. */
    public static byte[] webpOfGroups() {
        BitSet bits = new BitSet();
        // No transform, no cache, groups by blocks of 4x4 pixels, no cache; green and red are 255, all else is 0.
        bits.set(2);
        int at = simpleCode(bits, simpleCode(bits, 7, 255), 255);
        for (int code = 0; code < 3; code++) {
            at = simpleCode(bits, at, 0);
        }
        ByteBuffer webp = ByteBuffer.allocate(34).order(ByteOrder.LITTLE_ENDIAN);
        webp.put(ascii("RIFF")).putInt(26).put(ascii("WEBPVP8L")).putInt(13);
        webp.put((byte) 0x2F).putInt(1023 | 1023 << 14).put(bits.toByteArray());
        return webp.array();
    }

    /** A code of one symbol, of one bit or of eight; gives the place behind it. */
    private static int simpleCode(BitSet bits, int at, int symbol) {
        bits.set(at);
        bits.set(at + 2, symbol > 1);
        int length = symbol > 1 ? Byte.SIZE : 1;
        for (int i = 0; i < length; i++) {
            bits.set(at + 3 + i, (symbol >> i & 1) != 0);
        }
        return at + 3 + length;
    }

    /** A GIF whose first frame is one pixel and whose second makes the picture large. */
    public static byte[] gif(int width, int height) {
        ByteArrayOutputStream gif = new ByteArrayOutputStream();
        gif.writeBytes(ascii("GIF89a"));
        write(gif, 1, 0, 1, 0, 0x80, 0, 0);
        write(gif, 0, 0, 0, 255, 255, 255);
        frame(gif, 1, 1);
        frame(gif, width, height);
        write(gif, 0x3B);
        return gif.toByteArray();
    }

    private static void frame(ByteArrayOutputStream gif, int width, int height) {
        write(gif, 0x2C, 0, 0, 0, 0, width, width >> 8, height, height >> 8, 0);
        // Codes of three bits: clear, colour 1, end.
        write(gif, 2, 2, 4 | 1 << 3 | 5 << 6 & 0xFF, 5 >> 2, 0);
    }

    /** A run-length encoded BMP that ends before its first pixel. */
    public static byte[] rleBmp(int width, int height) {
        ByteBuffer bmp = ByteBuffer.allocate(14 + 40 + 8 + 2).order(ByteOrder.LITTLE_ENDIAN);
        bmp.put(ascii("BM")).putInt(bmp.capacity()).putInt(0).putInt(62);
        bmp.putInt(40).putInt(width).putInt(height).putShort((short) 1).putShort((short) 8);
        bmp.putInt(1).putInt(2).putInt(0).putInt(0).putInt(2).putInt(2);
        bmp.putInt(0x00FFFFFF).putInt(0x00102030);
        bmp.put((byte) 0).put((byte) 1);
        return bmp.array();
    }

    /** A PNG of one bit a pixel, all of them zero. */
    public static byte[] png(int width, int height) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        chunk(png, "IHDR", header.put((byte) 1).array());
        chunk(png, "IDAT", deflated(height * (1L + (width + 7) / 8)));
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static byte[] deflated(long zeros) {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflated, new Deflater(Deflater.BEST_COMPRESSION))) {
            byte[] block = new byte[1 << 16];
            for (long left = zeros; left > 0; left -= block.length) {
                out.write(block, 0, (int) Math.min(left, block.length));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return deflated.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream png, String name, byte[] data) {
        CRC32 checksum = new CRC32();
        checksum.update(ascii(name));
        checksum.update(data);
        png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        png.writeBytes(ascii(name));
        png.writeBytes(data);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
    }

    private static byte[] ones(int count) {
        byte[] ones = new byte[count];
        Arrays.fill(ones, (byte) 1);
        return ones;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void write(ByteArrayOutputStream to, int... bytes) {
        for (int one : bytes) {
            to.write(one);
        }
    }
}
