package dev.graft.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

/** GIF files written byte by byte: two bits a pixel, and a clear code before each pixel to keep the codes short. */
class GifFileTest {
    private static final byte[] BLACK = {0, 0, 0};
    private static final byte[] RED = {(byte) 255, 0, 0};
    private static final byte[] GREEN = {0, (byte) 255, 0};

    private final ImageDecoder decoder = new ImageDecoder(Drawings.SETTINGS);
    private final ByteArrayOutputStream gif = new ByteArrayOutputStream();

    @Test
    void pictureIsAsLargeAsTheLargestFrameAndNotAsTheScreen() {
        begin(9, 9);
        frame(0, 0, 2, 1, false, 1, 2);
        frame(0, 0, 3, 2, false, 1, 1, 1, 1, 1, 1);

        assertThat(decode(3, 2)).isEqualTo(pixels(RED, GREEN, BLACK, BLACK, BLACK, BLACK));
    }

    @Test
    void firstFrameIsPaintedAtItsPlaceAndCutAtTheEdge() {
        begin(2, 2);
        frame(1, 1, 2, 2, false, 1, 2, 2, 1);

        assertThat(decode(2, 2)).isEqualTo(pixels(BLACK, BLACK, BLACK, RED));
    }

    @Test
    void transparentPixelsAreBlack() {
        begin(2, 1);
        gif.writeBytes(new byte[] {0x21, (byte) 0xF9, 4, 1, 0, 0, 2, 0});
        frame(0, 0, 2, 1, false, 1, 2);

        assertThat(decode(2, 1)).isEqualTo(pixels(RED, BLACK));
    }

    @Test
    void interlacedRowsComeInTheirOrder() {
        begin(1, 5);
        frame(0, 0, 1, 5, true, 1, 2, 2, 3, 3);

        byte[] blue = {0, 0, (byte) 255};
        assertThat(decode(1, 5)).isEqualTo(pixels(RED, blue, GREEN, blue, GREEN));
    }

    private void begin(int width, int height) {
        gif.writeBytes(new byte[] {'G', 'I', 'F', '8', '9', 'a', (byte) width, 0, (byte) height, 0, (byte) 0x81, 0, 0});
        gif.writeBytes(new byte[] {0, 0, 0, (byte) 255, 0, 0, 0, (byte) 255, 0, 0, 0, (byte) 255});
    }

    private void frame(int left, int top, int width, int height, boolean isInterlaced, int... indices) {
        gif.writeBytes(new byte[] {0x2C, (byte) left, 0, (byte) top, 0, (byte) width, 0, (byte) height, 0});
        gif.write(isInterlaced ? 0x40 : 0);
        gif.write(2);
        byte[] data = threeBitCodes(indices);
        gif.write(data.length);
        gif.writeBytes(data);
        gif.write(0);
    }

    /** A clear code (4) and a pixel, over and over, and the end code (5). */
    private static byte[] threeBitCodes(int... indices) {
        int bits = 3 * (2 * indices.length + 1);
        byte[] data = new byte[(bits + 7) / 8];
        int at = 0;
        for (int index : indices) {
            at = put(data, at, 4);
            at = put(data, at, index);
        }
        put(data, at, 5);
        return data;
    }

    private static int put(byte[] data, int at, int code) {
        for (int bit = 0; bit < 3; bit++) {
            if ((code >> bit & 1) == 1) {
                data[(at + bit) / 8] |= (byte) (1 << (at + bit) % 8);
            }
        }
        return at + 3;
    }

    private byte[] decode(int width, int height) {
        gif.write(0x3B);
        Decoded decoded = decoder.decode(gif.toByteArray());
        assertThat(decoded).isInstanceOf(RgbImage.class);
        RgbImage image = (RgbImage) decoded;
        assertThat(image.width()).isEqualTo(width);
        assertThat(image.height()).isEqualTo(height);
        return image.rgb();
    }

    private static byte[] pixels(byte[]... colours) {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        for (byte[] colour : colours) {
            pixels.writeBytes(colour);
        }
        return pixels.toByteArray();
    }
}
