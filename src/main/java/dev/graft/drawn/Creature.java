package dev.graft.drawn;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;

/** The face of an animal put together from ears, eyes and a muzzle: those that the demo never shows. */
record Creature(Part ears, Part eyes, Part muzzle) implements Figure {
    private static final Color PUPIL = new Color(0x14110F);

    /** Paints one part of a face. */
    interface Part {
        void paint(Graphics2D canvas, Coat coat, Dice dice);
    }

    static Creature rabbit() {
        return new Creature(Creature::longEars, Creature::buttonEyes, Creature::buckTeeth);
    }

    static Creature bear() {
        return new Creature(Creature::smallEars, Creature::buttonEyes, Creature::broadMuzzle);
    }

    static Creature mouse() {
        return new Creature(Creature::diskEars, Creature::buttonEyes, Creature::whiskers);
    }

    static Creature owl() {
        return new Creature(Creature::tufts, Creature::ringedEyes, Creature::beak);
    }

    static Creature pig() {
        return new Creature(Creature::foldedEars, Creature::buttonEyes, Creature::snout);
    }

    @Override
    public void paint(Graphics2D canvas, Palette palette, Dice dice) {
        Coat coat = Coat.of(palette, dice);
        Animal.body(canvas, coat, dice);
        Animal.tilt(canvas, dice);
        ears.paint(canvas, coat, dice);
        double width = dice.between(0.88, 1.05);
        Fur.cover(canvas, Outlines.ellipse(0, 0, width, 0.9), coat.lit(), coat.shaded(), 1.5, dice);
        Fur.hairs(canvas, coat.lit(), width, 0.85, 45, dice);
        Fur.hairs(canvas, coat.shaded(), width, 0.85, 45, dice);
        Animal.look(canvas, dice);
        if (dice.chance(0.4)) {
            canvas.setColor(coat.marking());
            canvas.fill(Fur.tufted(Outlines.ellipse(0.36 * dice.side(), -0.2, 0.28, 0.34), dice));
        }
        eyes.paint(canvas, coat, dice);
        muzzle.paint(canvas, coat, dice);
    }

    private static void longEars(Graphics2D canvas, Coat coat, Dice dice) {
        double length = dice.between(0.75, 1.05);
        double spread = dice.between(0.05, 0.4);
        Canvases.onBothSides(canvas, half -> {
            half.translate(0.34, -0.7);
            half.rotate(spread + dice.between(-0.1, 0.1));
            Fur.cover(half, Outlines.ellipse(0, -0.7 * length, 0.22, length), coat.lit(), coat.shaded(), 1.6, dice);
            half.setColor(Tones.mix(new Color(0xE3A5A0), coat.shaded(), 0.35));
            half.fill(Outlines.ellipse(0, -0.7 * length, 0.11, 0.75 * length));
        });
    }

    private static void smallEars(Graphics2D canvas, Coat coat, Dice dice) {
        roundEars(canvas, coat, dice, dice.between(0.26, 0.36));
    }

    private static void diskEars(Graphics2D canvas, Coat coat, Dice dice) {
        roundEars(canvas, coat, dice, dice.between(0.5, 0.68));
    }

    private static void roundEars(Graphics2D canvas, Coat coat, Dice dice, double radius) {
        double height = -0.62 - 0.3 * radius;
        Canvases.onBothSides(canvas, half -> {
            Fur.cover(half, Outlines.ellipse(0.74, height, radius, radius), coat.base(), coat.shaded(), 1.6, dice);
            half.setColor(Tones.mix(coat.skin(), coat.shaded(), 0.3));
            half.fill(Outlines.ellipse(0.74, height, 0.6 * radius, 0.6 * radius));
        });
    }

    private static void tufts(Graphics2D canvas, Coat coat, Dice dice) {
        double tip = -dice.between(1.05, 1.25);
        Canvases.onBothSides(
                canvas,
                half -> Fur.cover(
                        half,
                        Outlines.polygon(0.4, -0.7, 0.95, tip, 0.85, -0.35),
                        coat.base(),
                        coat.shaded(),
                        1.6,
                        dice));
    }

    private static void foldedEars(Graphics2D canvas, Coat coat, Dice dice) {
        double fold = dice.between(0.1, 0.35);
        Canvases.onBothSides(
                canvas,
                half -> Fur.cover(
                        half,
                        Outlines.polygon(0.3, -0.8, 1.05, -1.05, 1.0, -0.55 + fold, 0.75, -0.4),
                        coat.lit(),
                        coat.shaded(),
                        1.6,
                        dice));
    }

    private static void buttonEyes(Graphics2D canvas, Coat coat, Dice dice) {
        double radius = dice.between(0.1, 0.15);
        Canvases.onBothSides(canvas, half -> {
            half.setColor(coat.line());
            half.fill(Outlines.ellipse(0.4, -0.18, radius + 0.04, radius + 0.04));
            half.setColor(PUPIL);
            half.fill(Outlines.ellipse(0.4, -0.18, radius, radius));
        });
        Animal.shine(canvas, 0.36, -0.23, 0.04);
        Animal.shine(canvas, -0.44, -0.23, 0.04);
    }

    private static void ringedEyes(Graphics2D canvas, Coat coat, Dice dice) {
        double radius = dice.between(0.3, 0.4);
        Color iris = Tones.hsb(dice.between(0.06, 0.15), 0.8, 0.9);
        Canvases.onBothSides(canvas, half -> {
            half.setColor(coat.pale());
            half.fill(Outlines.ellipse(0.42, -0.12, radius, radius));
            half.setColor(iris);
            half.fill(Outlines.ellipse(0.42, -0.12, 0.62 * radius, 0.62 * radius));
            half.setColor(PUPIL);
            half.fill(Outlines.ellipse(0.42, -0.12, 0.34 * radius, 0.34 * radius));
        });
    }

    private static void buckTeeth(Graphics2D canvas, Coat coat, Dice dice) {
        cheeks(canvas, coat.pale());
        canvas.setColor(new Color(0xFAF6EE));
        double length = dice.between(0.16, 0.26);
        Canvases.onBothSides(
                canvas,
                half -> half.fill(Outlines.polygon(0.01, 0.52, 0.13, 0.52, 0.12, 0.52 + length, 0.01, 0.52 + length)));
        canvas.setColor(coat.skin());
        canvas.fill(Outlines.polygon(-0.1, 0.22, 0.1, 0.22, 0, 0.34));
        hairs(canvas, dice);
    }

    private static void broadMuzzle(Graphics2D canvas, Coat coat, Dice dice) {
        canvas.setColor(Tones.lighter(coat.base(), dice.between(0.25, 0.55)));
        canvas.fill(Outlines.ellipse(0, 0.38, 0.44, 0.36));
        canvas.setColor(PUPIL);
        canvas.fill(Outlines.ellipse(0, 0.2, 0.17, 0.11));
        mouthLine(canvas, 0.3, 0.46);
    }

    private static void whiskers(Graphics2D canvas, Coat coat, Dice dice) {
        cheeks(canvas, coat.pale());
        canvas.setColor(coat.skin());
        canvas.fill(Outlines.ellipse(0, 0.3, 0.1, 0.08));
        hairs(canvas, dice);
    }

    private static void beak(Graphics2D canvas, Coat coat, Dice dice) {
        double length = dice.between(0.3, 0.5);
        canvas.setColor(Tones.mix(new Color(0xE2A13B), new Color(0x5C5248), dice.between(0, 0.8)));
        canvas.fill(Outlines.polygon(-0.13, 0.08, 0.13, 0.08, 0, 0.1 + length));
    }

    private static void snout(Graphics2D canvas, Coat coat, Dice dice) {
        double width = dice.between(0.34, 0.44);
        canvas.setColor(coat.skin());
        canvas.fill(Outlines.ellipse(0, 0.3, width, 0.7 * width));
        canvas.setColor(Tones.darker(coat.skin(), 0.6));
        Canvases.onBothSides(canvas, half -> half.fill(Outlines.ellipse(0.35 * width, 0.3, 0.07, 0.1)));
        mouthLine(canvas, 0.62, 0.64);
    }

    private static void cheeks(Graphics2D canvas, Color color) {
        canvas.setColor(color);
        Canvases.onBothSides(canvas, half -> half.fill(Outlines.ellipse(0.16, 0.42, 0.24, 0.18)));
    }

    private static void mouthLine(Graphics2D canvas, double top, double bottom) {
        canvas.setStroke(Inks.pen(0.035));
        Canvases.onBothSides(canvas, half -> {
            Path2D mouth = new Path2D.Double();
            mouth.moveTo(0, top);
            mouth.lineTo(0, bottom);
            mouth.quadTo(0.12, bottom + 0.12, 0.28, bottom + 0.02);
            half.draw(mouth);
        });
    }

    private static void hairs(Graphics2D canvas, Dice dice) {
        double length = dice.between(0.6, 1);
        canvas.setColor(Tones.translucent(dice.chance(0.8) ? Color.WHITE : Color.DARK_GRAY, 0.85));
        canvas.setStroke(Inks.pen(0.022));
        Canvases.onBothSides(canvas, half -> {
            Path2D hairs = new Path2D.Double();
            for (int i = -1; i <= 1; i++) {
                hairs.moveTo(0.24, 0.4 + 0.06 * i);
                hairs.lineTo(0.24 + length, 0.42 + 0.2 * i + dice.between(-0.05, 0.05));
            }
            half.draw(hairs);
        });
    }
}
