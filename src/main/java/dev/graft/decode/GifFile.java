package dev.graft.decode;

import org.jspecify.annotations.Nullable;

/**
 * The blocks of a GIF file (GIF89a, section 12 to 26), and its first frame. As for {@code tf.io.decode_image}, the
 * picture is as wide and high as the widest and highest frame, whatever the logical screen, and black where the first
 * frame is transparent or does not reach.
 */
final class GifFile {
    private static final int SCREEN_AT = 6;
    private static final int EXTENSION = 0x21;
    private static final int FRAME = 0x2C;
    private static final int GRAPHIC_CONTROL = 0xF9;
    private static final int HAS_COLOURS = 0x80;
    private static final int IS_INTERLACED = 0x40;
    private static final int HAS_TRANSPARENCY = 1;
    private static final int OPAQUE = -1;

    /** Where the rows of an interlaced frame come in the file: first row and step of the four passes. */
    private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

    private final ByteCursor cursor;
    private byte @Nullable [] screenColours;
    private int transparent = OPAQUE;
    private int width;
    private int height;
    private @Nullable Frame first;
    private byte[] firstColours = {};

    /** The first frame; its data begin at {@code dataAt}, with the size of the codes. */
    private record Frame(int left, int top, int width, int height, boolean isInterlaced, int transparent, int dataAt) {}

    private GifFile(ByteCursor cursor) {
        this.cursor = cursor;
    }

    static GifFile parse(byte[] bytes) throws RejectedException {
        GifFile file = new GifFile(new ByteCursor(bytes, SCREEN_AT));
        file.readScreen();
        try {
            file.readBlocks();
        } catch (RejectedException e) {
            // Whether the first frame is whole shows when it is decoded; what follows it is not needed.
            if (file.first == null) {
                throw e;
            }
        }
        return file;
    }

    ImageHeader header() {
        return new ImageHeader(ImageFormat.GIF, width, height);
    }

    RgbImage decode(byte[] bytes) throws RejectedException {
        if (first == null) {
            throw RejectedException.corrupt("a GIF file without a frame");
        }
        byte[] indices = new LzwDecoder(new ByteCursor(bytes, first.dataAt)).decode(first.width * first.height);
        byte[] rgb = new byte[width * height * RgbImage.CHANNELS];
        int row = 0;
        for (int[] pass : first.isInterlaced ? PASSES : new int[][] {{0, 1}}) {
            for (int y = pass[0]; y < first.height; y += pass[1]) {
                paint(first, indices, row++, y, rgb);
            }
        }
        return new RgbImage(width, height, rgb);
    }

    /** Paints the row of the file as row {@code y} of the frame, as far as it lies within the picture. */
    private void paint(Frame frame, byte[] indices, int row, int y, byte[] rgb) throws RejectedException {
        if (frame.top + y >= height) {
            return;
        }
        int end = Math.min(frame.width, width - frame.left);
        for (int x = 0; x < end; x++) {
            int colour = RgbImage.CHANNELS * (indices[row * frame.width + x] & 0xFF);
            if (colour == RgbImage.CHANNELS * frame.transparent) {
                continue;
            }
            if (colour >= firstColours.length) {
                throw RejectedException.corrupt("a colour outside the colour table of the GIF file");
            }
            int to = ((frame.top + y) * width + frame.left + x) * RgbImage.CHANNELS;
            System.arraycopy(firstColours, colour, rgb, to, RgbImage.CHANNELS);
        }
    }

    private void readScreen() throws RejectedException {
        cursor.skip(2 * Short.BYTES);
        int flags = cursor.unsignedByte();
        cursor.skip(2);
        screenColours = readColours(flags);
    }

    private void readBlocks() throws RejectedException {
        while (true) {
            switch (cursor.unsignedByte()) {
                case EXTENSION -> readExtension();
                case FRAME -> readFrame();
                default -> {
                    return;
                }
            }
        }
    }

    private void readExtension() throws RejectedException {
        int label = cursor.unsignedByte();
        if (label == GRAPHIC_CONTROL && first == null) {
            int end = cursor.unsignedByte() + cursor.position();
            int flags = cursor.unsignedByte();
            cursor.skip(Short.BYTES);
            int index = cursor.unsignedByte();
            transparent = (flags & HAS_TRANSPARENCY) != 0 ? index : OPAQUE;
            cursor.moveTo(end);
        }
        skipSubBlocks();
    }

    private void readFrame() throws RejectedException {
        int left = cursor.littleEndianShort();
        int top = cursor.littleEndianShort();
        int frameWidth = cursor.littleEndianShort();
        int frameHeight = cursor.littleEndianShort();
        int flags = cursor.unsignedByte();
        width = Math.max(width, frameWidth);
        height = Math.max(height, frameHeight);
        byte[] colours = readColours(flags);
        if (first == null) {
            firstColours = colours != null ? colours : requireColours(screenColours);
            first = new Frame(
                    left, top, frameWidth, frameHeight, (flags & IS_INTERLACED) != 0, transparent, cursor.position());
        }
        cursor.skip(1);
        skipSubBlocks();
    }

    private void skipSubBlocks() throws RejectedException {
        int length = cursor.unsignedByte();
        while (length != 0) {
            cursor.skip(length);
            length = cursor.unsignedByte();
        }
    }

    private byte @Nullable [] readColours(int flags) throws RejectedException {
        return (flags & HAS_COLOURS) == 0 ? null : cursor.take(RgbImage.CHANNELS << ((flags & 7) + 1));
    }

    private static byte[] requireColours(byte @Nullable [] colours) throws RejectedException {
        if (colours == null) {
            throw RejectedException.corrupt("a GIF file without colours");
        }
        return colours;
    }
}
