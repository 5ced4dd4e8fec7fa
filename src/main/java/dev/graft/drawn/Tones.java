package dev.graft.drawn;

import java.awt.Color;

/** Arithmetic on colours. */
final class Tones {
    private Tones() {}

    static Color hsb(double hue, double saturation, double brightness) {
        return Color.getHSBColor((float) hue, (float) clamp(saturation), (float) clamp(brightness));
    }

    /** The colour that lies the given part of the way from one to the other; the first one's opacity is kept. */
    static Color mix(Color from, Color to, double part) {
        return new Color(
                between(from.getRed(), to.getRed(), part),
                between(from.getGreen(), to.getGreen(), part),
                between(from.getBlue(), to.getBlue(), part),
                from.getAlpha());
    }

    static Color lighter(Color color, double part) {
        return mix(color, Color.WHITE, part);
    }

    static Color darker(Color color, double part) {
        return mix(color, Color.BLACK, part);
    }

    static Color translucent(Color color, double opacity) {
        return new Color(color.getRed(), color.getGreen(), color.getBlue(), (int) Math.round(255 * opacity));
    }

    /** Euclidean distance in RGB, scaled so that black and white are 1 apart. */
    static double distance(Color a, Color b) {
        double red = a.getRed() - b.getRed();
        double green = a.getGreen() - b.getGreen();
        double blue = a.getBlue() - b.getBlue();
        return Math.sqrt((red * red + green * green + blue * blue) / 3) / 255;
    }

    private static int between(int from, int to, double part) {
        return (int) Math.round(from + (to - from) * part);
    }

    private static double clamp(double value) {
        return Math.max(0, Math.min(1, value));
    }
}
