package dev.graft.drawn;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The few related colours of a background, and a way to find colours that stand out from them. */
record Palette(List<Color> colors) {
    private static final int SIZE = 4;
    private static final int ATTEMPTS = 12;
    private static final double CLEAR_CONTRAST = 0.22;
    private static final double WILD_SHARE = 0.25;
    /** Wood, sand, grass, leaves, water and sky, of 1. */
    private static final List<Double> NATURAL_HUES = List.of(0.06, 0.11, 0.22, 0.32, 0.5, 0.58);

    Palette {
        colors = List.copyOf(colors);
    }

    static Palette of(Dice dice) {
        double hue = dice.chance(WILD_SHARE) ? dice.between(0, 1) : dice.pick(NATURAL_HUES) + 0.03 * dice.gaussian();
        double spread = dice.between(0.01, 0.1);
        double saturation = dice.between(0.06, 0.55);
        double brightness = dice.between(0.35, 0.9);
        List<Color> colors = new ArrayList<>(SIZE);
        for (int i = 0; i < SIZE; i++) {
            colors.add(Tones.hsb(
                    hue + spread * dice.gaussian(),
                    saturation + 0.12 * dice.gaussian(),
                    brightness + 0.11 * dice.gaussian()));
        }
        return new Palette(colors);
    }

    /** The first colour offered that stands out from the palette; failing that, the one that does so most. */
    Color contrasting(Supplier<Color> offers) {
        Color best = offers.get();
        for (int attempt = 1; attempt < ATTEMPTS && contrast(best) < CLEAR_CONTRAST; attempt++) {
            Color offer = offers.get();
            if (contrast(offer) > contrast(best)) {
                best = offer;
            }
        }
        return best;
    }

    Color first() {
        return colors.get(0);
    }

    Color second() {
        return colors.get(1);
    }

    private double contrast(Color color) {
        double nearest = Double.MAX_VALUE;
        for (Color own : colors) {
            nearest = Math.min(nearest, Tones.distance(own, color));
        }
        return nearest;
    }
}
