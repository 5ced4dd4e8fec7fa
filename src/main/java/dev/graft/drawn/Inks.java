package dev.graft.drawn;

import java.awt.BasicStroke;
import java.awt.Color;

/** Colours and pens of the shapes. */
final class Inks {
    private Inks() {}

    static Color standingOut(Palette palette, Dice dice) {
        return palette.contrasting(() -> any(dice));
    }

    static Color any(Dice dice) {
        return Tones.hsb(dice.between(0, 1), dice.between(0, 0.9), dice.between(0.05, 1));
    }

    static BasicStroke pen(double width) {
        return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }
}
