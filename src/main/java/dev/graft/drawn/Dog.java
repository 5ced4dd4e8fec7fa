package dev.graft.drawn;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Path2D;

/** The face of a dog: hanging ears, round dark eyes, a broad muzzle with a big nose, often its tongue out. */
final class Dog implements Figure {
    private static final double TONGUE_SHARE = 0.7;

    @Override
    public void paint(Graphics2D canvas, Palette palette, Dice dice) {
        Coat coat = Coat.of(palette, dice);
        Animal.body(canvas, coat, dice);
        Animal.tilt(canvas, dice);
        Fur.cover(canvas, head(), coat.lit(), coat.shaded(), 1.6, dice);
        Fur.hairs(canvas, coat.lit(), 0.8, 0.88, 45, dice);
        Fur.hairs(canvas, coat.shaded(), 0.8, 0.88, 45, dice);
        Canvases.within(canvas, face -> face(face, coat, dice));
        ears(canvas, coat, dice);
    }

    private static Shape head() {
        Path2D head = new Path2D.Double();
        head.moveTo(-0.5, -0.84);
        head.curveTo(-0.2, -1, 0.2, -1, 0.5, -0.84);
        head.curveTo(0.82, -0.68, 0.9, -0.3, 0.84, 0.05);
        head.curveTo(0.8, 0.55, 0.45, 0.95, 0, 0.95);
        head.curveTo(-0.45, 0.95, -0.8, 0.55, -0.84, 0.05);
        head.curveTo(-0.9, -0.3, -0.82, -0.68, -0.5, -0.84);
        head.closePath();
        return head;
    }

    private static void face(Graphics2D canvas, Coat coat, Dice dice) {
        Animal.look(canvas, dice);
        markings(canvas, coat, dice);
        eyes(canvas, coat, dice);
        mouth(canvas, dice);
        muzzle(canvas, coat, dice);
    }

    private static void ears(Graphics2D canvas, Coat coat, Dice dice) {
        boolean dark = dice.chance(0.55);
        double length = dice.between(0.75, 1.5);
        double swing = dice.between(-0.12, 0.2);
        Color outside = dark ? coat.line() : Tones.darker(coat.base(), 0.15);
        Canvases.onBothSides(canvas, half -> {
            half.translate(0.5, -0.8);
            half.rotate(-swing + dice.between(-0.06, 0.06));
            Fur.cover(half, ear(length), Tones.lighter(outside, 0.12), Tones.darker(outside, 0.4), 1.7, dice);
        });
    }

    /** An ear that rises a little from its root in the origin, folds outwards and hangs down. */
    private static Shape ear(double length) {
        Path2D ear = new Path2D.Double();
        ear.moveTo(-0.16, -0.02);
        ear.curveTo(0.1, -0.24, 0.5, -0.1, 0.6, 0.3);
        ear.curveTo(0.72, 0.7 * length, 0.72, length, 0.46, length);
        ear.curveTo(0.22, length, 0.28, 0.55 * length, 0.2, 0.4);
        ear.curveTo(0.1, 0.2, -0.05, 0.15, -0.16, -0.02);
        ear.closePath();
        return ear;
    }

    private static void markings(Graphics2D canvas, Coat coat, Dice dice) {
        switch (dice.count(0, 3)) {
            case 0 -> patch(canvas, coat, dice);
            case 1 -> blaze(canvas, coat, dice);
            case 2 -> brows(canvas, coat);
            default -> {
                // A coat of one colour.
            }
        }
    }

    private static void patch(Graphics2D canvas, Coat coat, Dice dice) {
        canvas.setColor(coat.marking());
        canvas.fill(Fur.tufted(Outlines.ellipse(0.36 * dice.side(), -0.2, 0.28, 0.34), dice));
    }

    private static void blaze(Graphics2D canvas, Coat coat, Dice dice) {
        double width = dice.between(0.08, 0.16);
        Path2D blaze = new Path2D.Double();
        blaze.moveTo(-width, -0.85);
        blaze.lineTo(width, -0.85);
        blaze.curveTo(0.8 * width, -0.3, 0.2, 0, 0.4, 0.3);
        blaze.lineTo(-0.4, 0.3);
        blaze.curveTo(-0.2, 0, -0.8 * width, -0.3, -width, -0.85);
        blaze.closePath();
        canvas.setColor(coat.marking());
        canvas.fill(blaze);
    }

    private static void brows(Graphics2D canvas, Coat coat) {
        canvas.setColor(coat.pale());
        Canvases.onBothSides(canvas, half -> {
            half.rotate(0.25);
            half.fill(Outlines.ellipse(0.26, -0.5, 0.12, 0.07));
        });
    }

    private static void eyes(Graphics2D canvas, Coat coat, Dice dice) {
        double radius = dice.between(0.12, 0.155);
        Color iris = Tones.mix(new Color(0x6B4423), new Color(0x2E1B10), dice.between(0, 1));
        Canvases.onBothSides(canvas, half -> {
            half.translate(0.36, -0.2);
            half.setColor(coat.line());
            half.fill(Outlines.ellipse(0, 0, radius + 0.05, radius + 0.04));
            half.setColor(iris);
            half.fill(Outlines.ellipse(0, 0, radius, radius));
            half.setColor(new Color(0x120C09));
            half.fill(Outlines.ellipse(0, 0, 0.6 * radius, 0.6 * radius));
        });
        Animal.shine(canvas, 0.32, -0.25, 0.042);
        Animal.shine(canvas, -0.4, -0.25, 0.042);
    }

    private static void mouth(Graphics2D canvas, Dice dice) {
        if (!dice.chance(TONGUE_SHARE)) {
            return;
        }
        canvas.setColor(new Color(0x4A1F22));
        canvas.fill(Outlines.ellipse(0, 0.68, 0.3, 0.24));
        double length = dice.between(0.95, 1.3);
        double width = dice.between(0.15, 0.2);
        Canvases.within(canvas, copy -> {
            copy.rotate(dice.between(-0.12, 0.12));
            copy.setColor(new Color(0xE58A8E));
            copy.fill(tongue(width, length));
            copy.setColor(new Color(0xBF5F68));
            copy.setStroke(Inks.pen(0.03));
            copy.draw(Outlines.polygon(0, 0.7, 0, length - 0.16));
        });
    }

    private static Shape tongue(double width, double length) {
        Path2D tongue = new Path2D.Double();
        tongue.moveTo(-width, 0.55);
        tongue.lineTo(width, 0.55);
        tongue.curveTo(1.2 * width, length - 0.15, 0.8 * width, length, 0, length);
        tongue.curveTo(-0.8 * width, length, -1.2 * width, length - 0.15, -width, 0.55);
        tongue.closePath();
        return tongue;
    }

    private static void muzzle(Graphics2D canvas, Coat coat, Dice dice) {
        Color fur = dice.chance(0.3) ? coat.marking() : Tones.lighter(coat.base(), dice.between(0.2, 0.55));
        canvas.setColor(fur);
        canvas.fill(Outlines.ellipse(0, 0.32, 0.36, 0.38));
        Canvases.onBothSides(canvas, half -> half.fill(Outlines.ellipse(0.21, 0.48, 0.3, 0.25)));
        canvas.setColor(Tones.darker(fur, 0.6));
        canvas.setStroke(Inks.pen(0.035));
        Canvases.onBothSides(canvas, half -> half.draw(lip()));
        nose(canvas, dice);
    }

    private static Shape lip() {
        Path2D lip = new Path2D.Double();
        lip.moveTo(0, 0.3);
        lip.lineTo(0, 0.56);
        lip.curveTo(0.06, 0.72, 0.34, 0.74, 0.46, 0.54);
        return lip;
    }

    private static void nose(Graphics2D canvas, Dice dice) {
        double width = dice.between(0.17, 0.23);
        canvas.setColor(Tones.mix(new Color(0x1E1A1A), new Color(0x5A3A30), dice.between(0, 0.6)));
        Path2D nose = new Path2D.Double();
        nose.moveTo(0, 0.06);
        nose.curveTo(width, 0.04, 1.3 * width, 0.2, 0.7 * width, 0.27);
        nose.quadTo(0, 0.38, -0.7 * width, 0.27);
        nose.curveTo(-1.3 * width, 0.2, -width, 0.04, 0, 0.06);
        nose.closePath();
        canvas.fill(nose);
        canvas.setColor(Tones.translucent(Color.WHITE, 0.45));
        canvas.fill(Outlines.ellipse(-0.3 * width, 0.12, 0.4 * width, 0.03));
    }
}
