package dev.graft.decode;

import java.util.Arrays;

/** Uncompressed pixels, of 1, 4, 8, 16, 24 or 32 bits, in rows of whole 4 bytes. Alpha is dropped. */
final class BmpRows {
    private static final int MASKS = 3;
    private static final int[] MASKS_555 = {0x7C00, 0x3E0, 0x1F};
    private static final int[] MASKS_565 = {0xF800, 0x7E0, 0x1F};

    private final byte[] bytes;
    private final BmpFile file;
    private final int width;
    private final long rowBytes;

    BmpRows(byte[] bytes, BmpFile file) {
        this.bytes = bytes;
        this.file = file;
        this.width = file.width();
        this.rowBytes = ((long) width * file.bits() + 31) / 32 * 4;
    }

    RgbImage decode() throws RejectedException {
        Row row = row();
        checkComplete();
        BmpCanvas canvas = file.canvas();
        for (int y = 0; y < file.height(); y++) {
            row.paint(canvas, (int) (file.pixelsAt() + y * rowBytes), canvas.rowAt(y));
        }
        return canvas.image();
    }

    private Row row() throws RejectedException {
        return switch (file.bits()) {
            case 1, 4, 8 -> paletteRow();
            case 16 -> file.compression() == BmpFile.UNCOMPRESSED && file.knowsColours() ? this::paint555 : maskedRow();
            case 24, 32 -> this::paintBytes;
            default -> throw file.unsupported();
        };
    }

    private Row paletteRow() throws RejectedException {
        BmpPalette palette = BmpPalette.of(bytes, file);
        return (canvas, from, to) -> paintIndices(palette, canvas, from, to);
    }

    /** Only the two layouts that are usual; OpenCV looks for the masks after the header, also after one that has them. */
    private Row maskedRow() throws RejectedException {
        if (file.compression() == BmpFile.BIT_FIELDS && file.knowsColours()) {
            int[] masks = masks();
            if (Arrays.equals(masks, MASKS_555)) {
                return this::paint555;
            }
            if (Arrays.equals(masks, MASKS_565)) {
                return this::paint565;
            }
        }
        throw file.unsupported();
    }

    private int[] masks() throws RejectedException {
        ByteCursor cursor = new ByteCursor(bytes, (int) Math.min(file.headerEnd(), bytes.length));
        int[] masks = new int[MASKS];
        for (int i = 0; i < MASKS; i++) {
            masks[i] = cursor.littleEndianInt();
        }
        return masks;
    }

    private void checkComplete() throws RejectedException {
        long needed = file.pixelsAt() + rowBytes * file.height();
        if (bytes.length < needed) {
            throw RejectedException.truncated("the file ends after " + bytes.length + " of " + needed + " bytes");
        }
    }

    private void paintIndices(BmpPalette palette, BmpCanvas canvas, int from, int to) {
        int bits = file.bits();
        int inByte = Byte.SIZE / bits;
        int mask = (1 << bits) - 1;
        for (int x = 0; x < width; x++) {
            int shift = Byte.SIZE - bits * (x % inByte + 1);
            int index = bytes[from + x / inByte] >> shift & mask;
            canvas.paint(to + x * RgbImage.CHANNELS, palette.colour(index));
        }
    }

    /** The low bits of a channel are zero, not filled up. */
    private void paint555(BmpCanvas canvas, int from, int to) {
        for (int x = 0; x < width; x++) {
            int pixel = pixel16(from, x);
            int colour = (pixel & 0x7C00) << 9 | (pixel & 0x3E0) << 6 | (pixel & 0x1F) << 3;
            canvas.paint(to + x * RgbImage.CHANNELS, colour);
        }
    }

    private void paint565(BmpCanvas canvas, int from, int to) {
        for (int x = 0; x < width; x++) {
            int pixel = pixel16(from, x);
            int colour = (pixel & 0xF800) << 8 | (pixel & 0x7E0) << 5 | (pixel & 0x1F) << 3;
            canvas.paint(to + x * RgbImage.CHANNELS, colour);
        }
    }

    private int pixel16(int from, int x) {
        int at = from + x * Short.BYTES;
        return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8;
    }

    /** Blue, green and red of a byte each, whatever masks say. */
    private void paintBytes(BmpCanvas canvas, int from, int to) {
        int step = file.bits() / Byte.SIZE;
        for (int x = 0; x < width; x++) {
            int at = from + x * step;
            int colour = bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16;
            canvas.paint(to + x * RgbImage.CHANNELS, colour);
        }
    }

    /** Paints one row of the file. */
    private interface Row {
        /**
         * @param from where the row begins in the file
         * @param to where it begins in the picture
         */
        void paint(BmpCanvas canvas, int from, int to);
    }
}
