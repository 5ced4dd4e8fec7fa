package dev.graft.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Bitmaps of every kind, drawn by seed: the same bytes wherever they are made. */
final class Bitmaps {
    private static final int WIDEST = 33;
    private static final int[] HEADERS = {40, 52, 56, 64, 108, 124};
    private static final int[] MASKS_555 = {0x7C00, 0x3E0, 0x1F};
    private static final int[] MASKS_565 = {0xF800, 0x7E0, 0x1F};
    private static final int[] MASKS_8888 = {0xFF0000, 0xFF00, 0xFF};

    private final SplittableRandom random;

    private Bitmaps(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Files by their kind, as far as OpenCV reads them. */
    static Map<String, List<byte[]>> ofOpenCv() {
        Map<String, List<byte[]>> kinds = new LinkedHashMap<>();
        Bitmaps drawn = new Bitmaps(1);
        for (int bits : new int[] {1, 4, 8}) {
            kinds.put("palette-" + bits, drawn.files(bits, 0, 1 << bits));
            kinds.put("short-palette-" + bits, drawn.files(bits, 0, 1 << (bits - 1)));
            kinds.put("long-palette-" + bits, drawn.files(bits, 0, 256));
        }
        for (int bits : new int[] {1, 4, 8, 24, 32}) {
            kinds.put("core-" + bits, drawn.coreFiles(bits));
        }
        for (int bits : new int[] {16, 24, 32}) {
            kinds.put("plain-" + bits, drawn.files(bits, 0, 0));
        }
        kinds.put("bit-fields-555", drawn.files(16, 3, 0, MASKS_555));
        kinds.put("bit-fields-565", drawn.files(16, 3, 0, MASKS_565));
        kinds.put("bit-fields-32", drawn.files(32, 3, 0, MASKS_8888));
        kinds.put("runs-8", drawn.runFiles(8));
        kinds.put("runs-4", drawn.runFiles(4));
        return kinds;
    }

    /** Files by their kind that OpenCV does not read, and TensorFlow does. */
    static Map<String, List<byte[]>> ofTensorFlow() {
        Map<String, List<byte[]>> kinds = new LinkedHashMap<>();
        Bitmaps drawn = new Bitmaps(2);
        kinds.put("palette-of-300", drawn.files(8, 0, 300));
        kinds.put("alpha-bit-fields-24", drawn.files(24, 6, 0, MASKS_8888));
        kinds.put("alpha-bit-fields-32", drawn.files(32, 6, 0, MASKS_8888));
        for (int bits : new int[] {8, 24, 32}) {
            kinds.put("header-of-16-" + bits, drawn.shortHeaderFiles(bits));
        }
        return kinds;
    }

    private List<byte[]> files(int bits, int compression, int colours, int... masks) {
        List<byte[]> files = new ArrayList<>();
        for (int width = 1; width <= WIDEST; width++) {
            int height = width % 3 == 0 ? -4 : 1 + width % 5;
            int header = HEADERS[width % HEADERS.length];
            byte[] rows = bytes(rowBytes(width, bits) * Math.abs(height));
            files.add(file(
                    header, width, height, bits, compression, colours, concat(ints(masks), bytes(4 * colours)), rows));
        }
        return files;
    }

    private List<byte[]> coreFiles(int bits) {
        List<byte[]> files = new ArrayList<>();
        for (int width = 1; width <= WIDEST; width++) {
            int height = 1 + width % 5;
            byte[] palette = bytes(bits > 8 ? 0 : 3 << bits);
            byte[] rows = bytes(rowBytes(width, bits) * height);
            files.add(file(12, width, height, bits, 0, 0, palette, rows));
        }
        return files;
    }

    private List<byte[]> shortHeaderFiles(int bits) {
        List<byte[]> files = new ArrayList<>();
        for (int width = 1; width <= WIDEST; width++) {
            int height = width % 3 == 0 ? -4 : 1 + width % 5;
            byte[] palette = bytes(bits > 8 ? 0 : 4 << bits);
            files.add(file(16, width, height, bits, 0, 0, palette, bytes(rowBytes(width, bits) * Math.abs(height))));
        }
        return files;
    }

    private List<byte[]> runFiles(int bits) {
        List<byte[]> files = new ArrayList<>();
        for (int width = 1; width <= 2 * WIDEST; width++) {
            int height = width % 3 == 0 ? -4 : 1 + width % 5;
            int colours = width % 2 == 0 ? 0 : 7;
            byte[] palette = bytes(4 * (colours == 0 ? 1 << bits : colours));
            byte[] codes = codes(bits, width, Math.abs(height));
            files.add(file(
                    HEADERS[width % HEADERS.length], width, height, bits, bits == 8 ? 1 : 2, colours, palette, codes));
        }
        return files;
    }

    /** Rows of runs, of single pixels, of steps to another place, and rows that end early. */
    private byte[] codes(int bits, int width, int height) {
        List<byte[]> codes = new ArrayList<>();
        for (int row = 0; row < height; row++) {
            int x = 0;
            while (x < width && random.nextInt(10) > 0) {
                int count = 1 + random.nextInt(width - x);
                codes.add(code(bits, count));
                x += count;
            }
            codes.add(new byte[] {0, 0});
        }
        codes.add(new byte[] {0, 1});
        return concat(codes.toArray(byte[][]::new));
    }

    private byte[] code(int bits, int count) {
        return switch (random.nextInt(4)) {
            case 0 -> new byte[] {0, 2, (byte) count, (byte) random.nextInt(2)};
            case 1 ->
                count > 2
                        ? concat(new byte[] {0, (byte) count}, bytes((count * bits + 15) / 16 * 2))
                        : new byte[] {(byte) count, (byte) random.nextInt()};
            default -> new byte[] {(byte) count, (byte) random.nextInt()};
        };
    }

    /** A whole file; a header of less than 40 bytes has only its first fields, one of 12 has short ones. */
    static byte[] file(
            int header, int width, int height, int bits, int compression, int colours, byte[] palette, byte[] pixels) {
        ByteBuffer fields = ByteBuffer.allocate(Math.max(header, 40)).order(ByteOrder.LITTLE_ENDIAN);
        fields.putInt(header);
        if (header == 12) {
            fields.putShort((short) width).putShort((short) height);
        } else {
            fields.putInt(width).putInt(height);
        }
        fields.putShort((short) 1).putShort((short) bits);
        fields.putInt(compression).putInt(pixels.length).putInt(0).putInt(0);
        if (header != 12) {
            fields.putInt(colours);
        }
        int pixelsAt = 14 + header + palette.length;
        ByteBuffer file = ByteBuffer.allocate(pixelsAt + pixels.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put("BM".getBytes(StandardCharsets.US_ASCII))
                .putInt(file.capacity())
                .putInt(0)
                .putInt(pixelsAt);
        return file.put(fields.array(), 0, header).put(palette).put(pixels).array();
    }

    private static int rowBytes(int width, int bits) {
        return (width * bits + 31) / 32 * 4;
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) random.nextInt();
        }
        return bytes;
    }

    private static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            bytes.putInt(value);
        }
        return bytes.array();
    }

    private static byte[] concat(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
