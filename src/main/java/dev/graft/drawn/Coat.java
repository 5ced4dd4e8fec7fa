package dev.graft.drawn;

import java.awt.Color;
import java.util.List;

/** The colours of an animal's fur and bare skin; cats and dogs draw theirs from the same ones. */
record Coat(Color base, Color marking, Color skin) {
    private static final List<Color> FURS = List.of(
            new Color(0xEDE3D3),
            new Color(0xD9B27C),
            new Color(0xC98545),
            new Color(0xA8643A),
            new Color(0x7A4E33),
            new Color(0x54392B),
            new Color(0x3A3534),
            new Color(0x6F7178),
            new Color(0x9C9A97),
            new Color(0xC4BDB2));
    private static final List<Color> PALE = List.of(new Color(0xFAF6EE), new Color(0xF3E6CF), new Color(0xE9DFD2));
    private static final List<Color> SKINS =
            List.of(new Color(0xD98C8C), new Color(0xC07A74), new Color(0x4A3632), new Color(0x2A2526));

    static Coat of(Palette palette, Dice dice) {
        Color base = palette.contrasting(() -> Tones.mix(dice.pick(FURS), dice.pick(FURS), dice.between(0, 0.3)));
        Color marking = dice.chance(0.6) ? dice.pick(PALE) : Tones.darker(dice.pick(FURS), dice.between(0.1, 0.5));
        return new Coat(base, marking, dice.pick(SKINS));
    }

    Color lit() {
        return Tones.lighter(base, 0.22);
    }

    Color shaded() {
        return Tones.darker(base, 0.3);
    }

    /** Darker than dark fur, lighter than none: for outlines and stripes that show on every coat. */
    Color line() {
        return Tones.darker(base, 0.55);
    }

    /** The lighter fur around mouth and eyes. */
    Color pale() {
        return Tones.lighter(base, 0.55);
    }
}
