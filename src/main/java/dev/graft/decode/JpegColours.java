package dev.graft.decode;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the components of a JPEG file mean, and how they become red, green and blue; the arithmetic is libjpeg's. Loops
 * do little each, for the compiler to turn them into vector code.
 */
enum JpegColours {
    GREY {
        @Override
        void toPixels(int[][] rows, int width, int[] pixels) {
            for (int x = 0; x < width; x++) {
                pixels[x] = rows[0][x] * 0x010101;
            }
        }
    },
    RGB {
        @Override
        void toPixels(int[][] rows, int width, int[] pixels) {
            for (int x = 0; x < width; x++) {
                pixels[x] = pixel(rows[0][x], rows[1][x], rows[2][x]);
            }
        }
    },
    YCBCR {
        @Override
        void toPixels(int[][] rows, int width, int[] pixels) {
            putRed(rows[0], rows[2], pixels, width);
            addGreen(rows[0], rows[1], rows[2], pixels, width);
            addBlue(rows[0], rows[1], pixels, width);
        }
    },
    /** Without an Adobe segment: 255 is full ink. */
    CMYK {
        @Override
        void toPixels(int[][] rows, int width, int[] pixels) {
            for (int x = 0; x < width; x++) {
                int light = 255 - rows[3][x];
                pixels[x] = dimmed(255 - rows[0][x], 255 - rows[1][x], 255 - rows[2][x], light);
            }
        }
    },
    /** As Adobe's programs write it: 0 is full ink. */
    INVERTED_CMYK {
        @Override
        void toPixels(int[][] rows, int width, int[] pixels) {
            for (int x = 0; x < width; x++) {
                pixels[x] = dimmed(rows[0][x], rows[1][x], rows[2][x], rows[3][x]);
            }
        }
    },
    /** Inverted CMYK, the first three written as the luma and chroma of their complements. */
    YCCK {
        @Override
        void toPixels(int[][] rows, int width, int[] pixels) {
            YCBCR.toPixels(rows, width, pixels);
            for (int x = 0; x < width; x++) {
                int inks = ~pixels[x];
                pixels[x] = dimmed(inks & 0xFF, inks >> 8 & 0xFF, inks >> 16 & 0xFF, rows[3][x]);
            }
        }
    };

    private static final int MIDDLE = 128;

    /** 1.402, 1.772, -0.34414 and -0.71414 (JFIF 1.02) with 16 bits after the binary point. */
    private static final int RED = 91881;

    private static final int BLUE = 116130;
    private static final int GREEN_FROM_BLUE = -22554;
    private static final int GREEN_FROM_RED = -46802;
    private static final int HALF = 1 << 15;

    /** Converts one row: an array for each component, to pixels with red in the lowest byte, then green, then blue. */
    abstract void toPixels(int[][] rows, int width, int[] pixels);

    static JpegColours of(JpegFrame frame, JpegTables tables) throws RejectedException {
        Integer transform = tables.adobeTransform();
        return switch (frame.components().size()) {
            case 1 -> GREY;
            case 3 -> ofThree(frame, tables, transform);
            case 4 -> transform == null ? CMYK : transform == 0 ? INVERTED_CMYK : YCCK;
            default ->
                throw RejectedException.unsupported(
                        "JPEG with " + frame.components().size() + " components (1, 3 or 4)");
        };
    }

    private static JpegColours ofThree(JpegFrame frame, JpegTables tables, @Nullable Integer adobeTransform) {
        if (tables.hasJfif()) {
            return YCBCR;
        }
        if (adobeTransform != null) {
            return adobeTransform == 0 ? RGB : YCBCR;
        }
        List<JpegComponent> components = frame.components();
        boolean named = components.get(0).id == 'R' && components.get(1).id == 'G' && components.get(2).id == 'B';
        return named ? RGB : YCBCR;
    }

    private static void putRed(int[] luma, int[] red, int[] pixels, int width) {
        for (int x = 0; x < width; x++) {
            pixels[x] = limited(luma[x] + ((RED * (red[x] - MIDDLE) + HALF) >> 16));
        }
    }

    private static void addGreen(int[] luma, int[] blue, int[] red, int[] pixels, int width) {
        for (int x = 0; x < width; x++) {
            int chroma = GREEN_FROM_BLUE * (blue[x] - MIDDLE) + GREEN_FROM_RED * (red[x] - MIDDLE) + HALF;
            pixels[x] |= limited(luma[x] + (chroma >> 16)) << 8;
        }
    }

    private static void addBlue(int[] luma, int[] blue, int[] pixels, int width) {
        for (int x = 0; x < width; x++) {
            pixels[x] |= limited(luma[x] + ((BLUE * (blue[x] - MIDDLE) + HALF) >> 16)) << 16;
        }
    }

    /** The value within 0 to 255, without a branch. */
    private static int limited(int value) {
        return ((value & ~(value >> 31)) | (255 - value) >> 31) & 255;
    }

    private static int dimmed(int red, int green, int blue, int light) {
        return pixel(red * light / 255, green * light / 255, blue * light / 255);
    }

    private static int pixel(int red, int green, int blue) {
        return red | green << 8 | blue << 16;
    }
}
