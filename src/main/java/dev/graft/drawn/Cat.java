package dev.graft.drawn;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.util.List;

/** The face of a cat: pointed ears, almond eyes with slit pupils, a small nose, whiskers. */
final class Cat implements Figure {
    private static final List<Color> IRISES = List.of(
            new Color(0x9DBB4E), new Color(0xD9A93A), new Color(0xC97B2E), new Color(0x6FA8C9), new Color(0x7FA08A));

    @Override
    public void paint(Graphics2D canvas, Palette palette, Dice dice) {
        Coat coat = Coat.of(palette, dice);
        Animal.body(canvas, coat, dice);
        Animal.tilt(canvas, dice);
        ears(canvas, coat, dice);
        Fur.cover(canvas, head(), coat.lit(), coat.shaded(), 1.5, dice);
        Fur.hairs(canvas, coat.lit(), 0.95, 0.8, 45, dice);
        Fur.hairs(canvas, coat.shaded(), 0.95, 0.8, 45, dice);
        Animal.look(canvas, dice);
        markings(canvas, coat, dice);
        eyes(canvas, coat, dice);
        muzzle(canvas, coat, dice);
        whiskers(canvas, dice);
    }

    private static Shape head() {
        Path2D head = new Path2D.Double();
        head.moveTo(-0.62, -0.64);
        head.curveTo(-0.3, -0.82, 0.3, -0.82, 0.62, -0.64);
        head.curveTo(0.92, -0.45, 1.12, -0.02, 0.99, 0.24);
        head.curveTo(0.9, 0.62, 0.42, 0.84, 0, 0.84);
        head.curveTo(-0.42, 0.84, -0.9, 0.62, -0.99, 0.24);
        head.curveTo(-1.12, -0.02, -0.92, -0.45, -0.62, -0.64);
        head.closePath();
        return head;
    }

    private static void ears(Graphics2D canvas, Coat coat, Dice dice) {
        double tipX = dice.between(0.72, 0.98);
        double tipY = -dice.between(1.15, 1.4);
        boolean dark = dice.chance(0.3);
        Canvases.onBothSides(canvas, half -> {
            double x = tipX + dice.between(-0.05, 0.05);
            Color outside = dark ? coat.line() : coat.base();
            Fur.cover(half, ear(x, tipY, 1), outside, Tones.darker(outside, 0.3), 1.6, dice);
            half.setColor(Tones.mix(new Color(0xE3A5A0), coat.shaded(), 0.35));
            half.fill(ear(x, tipY, 0.62));
        });
    }

    private static Shape ear(double tipX, double tipY, double size) {
        double baseX = 0.58;
        double baseY = -0.5;
        Path2D ear = new Path2D.Double();
        ear.moveTo(baseX - 0.4 * size, baseY - 0.22 * size);
        ear.quadTo(baseX - 0.1 * size, tipY + 0.3, baseX + (tipX - baseX) * size, baseY + (tipY - baseY) * size);
        ear.quadTo(baseX + 0.5 * size, tipY + 0.45, baseX + 0.38 * size, baseY + 0.25 * size);
        ear.closePath();
        return ear;
    }

    private static void markings(Graphics2D canvas, Coat coat, Dice dice) {
        switch (dice.count(0, 3)) {
            case 0 -> stripes(canvas, coat);
            case 1 -> blaze(canvas, coat, dice);
            case 2 -> mask(canvas, coat);
            default -> {
                // A coat of one colour.
            }
        }
    }

    private static void stripes(Graphics2D canvas, Coat coat) {
        canvas.setColor(coat.line());
        canvas.setStroke(Inks.pen(0.075));
        Path2D forehead = new Path2D.Double();
        forehead.moveTo(0, -0.42);
        forehead.lineTo(0, -0.68);
        canvas.draw(forehead);
        Canvases.onBothSides(canvas, half -> {
            Path2D stripes = new Path2D.Double();
            stripes.moveTo(0.14, -0.4);
            stripes.quadTo(0.16, -0.55, 0.3, -0.68);
            stripes.moveTo(0.86, -0.02);
            stripes.quadTo(0.72, 0.06, 0.62, 0.04);
            stripes.moveTo(0.86, 0.2);
            stripes.quadTo(0.74, 0.28, 0.6, 0.26);
            half.draw(stripes);
        });
    }

    private static void blaze(Graphics2D canvas, Coat coat, Dice dice) {
        double top = -dice.between(0.45, 0.75);
        Path2D blaze = new Path2D.Double();
        blaze.moveTo(0, top);
        blaze.curveTo(0.1, -0.1, 0.5, 0.15, 0.45, 0.5);
        blaze.quadTo(0.25, 0.8, 0, 0.8);
        blaze.quadTo(-0.25, 0.8, -0.45, 0.5);
        blaze.curveTo(-0.5, 0.15, -0.1, -0.1, 0, top);
        blaze.closePath();
        canvas.setColor(coat.marking());
        canvas.fill(blaze);
    }

    private static void mask(Graphics2D canvas, Coat coat) {
        canvas.setColor(Tones.translucent(coat.line(), 0.55));
        canvas.fill(Outlines.ellipse(0, 0.16, 0.72, 0.55));
    }

    private static void eyes(Graphics2D canvas, Coat coat, Dice dice) {
        Color iris = Tones.mix(dice.pick(IRISES), dice.pick(IRISES), dice.between(0, 0.4));
        double openness = dice.between(0.11, 0.19);
        double slit = dice.between(0.035, 0.085);
        double slant = dice.between(0.08, 0.3);
        Canvases.onBothSides(canvas, half -> {
            half.translate(0.42, -0.1);
            half.rotate(-slant);
            Shape lids = almond(0.25, openness);
            half.setColor(coat.line());
            half.setStroke(Inks.pen(0.09));
            half.draw(lids);
            half.setColor(iris);
            half.fill(lids);
            half.setColor(new Color(0x14110F));
            half.rotate(slant);
            half.fill(Outlines.ellipse(0, 0, slit, 0.92 * openness));
        });
        Animal.shine(canvas, 0.37, -0.16, 0.04);
        Animal.shine(canvas, -0.47, -0.16, 0.04);
    }

    private static Shape almond(double halfWidth, double halfHeight) {
        Path2D almond = new Path2D.Double();
        almond.moveTo(-halfWidth, 0);
        almond.quadTo(0, -2.1 * halfHeight, halfWidth, 0);
        almond.quadTo(0, 1.9 * halfHeight, -halfWidth, 0);
        almond.closePath();
        return almond;
    }

    private static void muzzle(Graphics2D canvas, Coat coat, Dice dice) {
        canvas.setColor(dice.chance(0.3) ? coat.marking() : coat.pale());
        canvas.fill(Outlines.ellipse(0, 0.57, 0.18, 0.13));
        Canvases.onBothSides(canvas, half -> half.fill(Outlines.ellipse(0.17, 0.4, 0.25, 0.19)));
        canvas.setColor(Tones.darker(coat.skin(), 0.5));
        canvas.setStroke(Inks.pen(0.03));
        Canvases.onBothSides(canvas, half -> half.draw(smile()));
        canvas.setColor(coat.skin());
        canvas.setStroke(Inks.pen(0.06));
        Shape nose = Outlines.polygon(-0.11, 0.2, 0.11, 0.2, 0, 0.3);
        canvas.draw(nose);
        canvas.fill(nose);
    }

    private static Shape smile() {
        Path2D smile = new Path2D.Double();
        smile.moveTo(0, 0.3);
        smile.lineTo(0, 0.42);
        smile.curveTo(0.04, 0.52, 0.18, 0.53, 0.26, 0.45);
        return smile;
    }

    private static void whiskers(Graphics2D canvas, Dice dice) {
        double droop = dice.between(-0.1, 0.2);
        double length = dice.between(0.85, 1.1);
        canvas.setColor(Tones.translucent(dice.chance(0.8) ? Color.WHITE : Color.DARK_GRAY, 0.85));
        canvas.setStroke(Inks.pen(0.022));
        Canvases.onBothSides(canvas, half -> {
            Path2D whiskers = new Path2D.Double();
            for (int i = -1; i <= 1; i++) {
                whiskers.moveTo(0.24, 0.4 + 0.06 * i);
                double rise = 0.2 * i + dice.between(-0.04, 0.04);
                whiskers.quadTo(0.6, 0.36 + 0.7 * rise, 0.24 + length, 0.42 + rise + droop);
            }
            half.draw(whiskers);
        });
    }
}
