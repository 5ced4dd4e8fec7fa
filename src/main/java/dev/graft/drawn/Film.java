package dev.graft.drawn;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/** What light and sensor do to a picture: uneven light, a cast, haze, vignetting and noise. */
final class Film {
    private static final int TABLE = 4096;
    private static final float[] GAUSSIAN = gaussian();
    /** The haze's grey, of 255. */
    private static final float HAZE = 170;

    private final float[] cast = new float[3];
    private final float exposure;
    private final float slopeX;
    private final float slopeY;
    private final float vignette;
    private final float haze;
    private final float noise;
    private int state;

    Film(Dice dice) {
        for (int channel = 0; channel < cast.length; channel++) {
            cast[channel] = (float) dice.between(0.92, 1.08);
        }
        exposure = (float) dice.between(0.82, 1.25);
        slopeX = (float) dice.between(-0.3, 0.3);
        slopeY = (float) dice.between(-0.3, 0.3);
        vignette = (float) dice.between(0, 0.3);
        haze = (float) dice.between(0, 0.18);
        noise = (float) dice.between(1, 8);
        state = dice.bits() | 1;
    }

    /** Exposes an image of type {@link BufferedImage#TYPE_INT_RGB} in place. */
    void expose(BufferedImage image) {
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        int width = image.getWidth();
        int height = image.getHeight();
        for (int y = 0; y < height; y++) {
            float v = 2f * y / height - 1;
            for (int x = 0; x < width; x++) {
                float u = 2f * x / width - 1;
                float light = exposure * (1 + slopeX * u + slopeY * v) * (1 - vignette * (u * u + v * v) / 2);
                pixels[y * width + x] = exposed(pixels[y * width + x], light * (1 - haze));
            }
        }
    }

    private int exposed(int rgb, float light) {
        int bits = nextBits();
        float grain = haze * HAZE + noise * GAUSSIAN[bits & (TABLE - 1)];
        float tint = 0.4f * noise * GAUSSIAN[(bits >>> 12) & (TABLE - 1)];
        int red = clamp(((rgb >> 16) & 0xFF) * light * cast[0] + grain + tint);
        int green = clamp(((rgb >> 8) & 0xFF) * light * cast[1] + grain);
        int blue = clamp((rgb & 0xFF) * light * cast[2] + grain - tint);
        return (red << 16) | (green << 8) | blue;
    }

    /** Marsaglia's 32-bit xorshift (2003): one step per pixel has to cost next to nothing. */
    private int nextBits() {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        return state;
    }

    private static int clamp(float value) {
        return Math.max(0, Math.min(255, (int) (value + 0.5f)));
    }

    private static float[] gaussian() {
        Dice dice = new Dice(TABLE);
        float[] table = new float[TABLE];
        for (int i = 0; i < TABLE; i++) {
            table[i] = (float) dice.gaussian();
        }
        return table;
    }
}
