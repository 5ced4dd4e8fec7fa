package dev.graft.drawn;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** Things that are not the subject: some behind it, some hiding a part of its rim. */
final class Clutter {
    private Clutter() {}

    /** Paints up to four things anywhere, in units of half the short side around the middle of the picture. */
    static void scatter(Graphics2D canvas, Dice dice) {
        int things = dice.count(0, 4);
        for (int i = 0; i < things; i++) {
            double x = dice.between(-1.3, 1.3);
            double y = dice.between(-1.3, 1.3);
            double size = dice.between(0.1, 0.35);
            double angle = dice.angle();
            Canvases.within(canvas, copy -> {
                copy.translate(x, y);
                copy.rotate(angle);
                copy.scale(size, size);
                thing(copy, dice);
            });
        }
    }

    /** Hides something beyond 0.62 of the subject's radius, on one side; the subject stays recognisable. */
    static void occlude(Graphics2D canvas, Dice dice) {
        canvas.rotate(dice.angle());
        canvas.translate(dice.between(0.62, 1.1), dice.between(-0.4, 0.4));
        Color color = Inks.any(dice);
        canvas.setColor(color);
        if (dice.chance(0.4)) {
            double width = dice.between(0.12, 0.4);
            canvas.fill(new Rectangle2D.Double(0, -8, width, 16));
            canvas.setColor(Tones.darker(color, 0.3));
            canvas.fill(new Rectangle2D.Double(0.8 * width, -8, 0.2 * width, 16));
        } else if (dice.chance(0.5)) {
            double radius = dice.between(0.25, 0.6);
            canvas.translate(radius, 0);
            canvas.scale(radius / 1.25, radius / 1.25);
            canvas.fill(Outlines.blob(dice));
        } else {
            stem(canvas, color, dice);
        }
    }

    private static void thing(Graphics2D canvas, Dice dice) {
        canvas.setColor(Tones.translucent(Inks.any(dice), dice.between(0.5, 1)));
        if (dice.chance(0.4)) {
            canvas.fill(Outlines.blob(dice));
        } else if (dice.chance(0.5)) {
            canvas.fill(new Rectangle2D.Double(-2.5, -0.2, 5, dice.between(0.1, 0.4)));
        } else {
            canvas.setStroke(Inks.pen(dice.between(0.08, 0.3)));
            canvas.draw(squiggle(dice));
        }
    }

    private static Path2D squiggle(Dice dice) {
        Path2D line = new Path2D.Double();
        line.moveTo(-2, dice.between(-1, 1));
        line.curveTo(-1, dice.between(-2, 2), 1, dice.between(-2, 2), 2, dice.between(-1, 1));
        return line;
    }

    private static void stem(Graphics2D canvas, Color color, Dice dice) {
        canvas.setStroke(Inks.pen(dice.between(0.05, 0.1)));
        Path2D stem = new Path2D.Double();
        stem.moveTo(0.1, -4);
        stem.quadTo(dice.between(0.1, 0.6), 0, 0.1, 4);
        canvas.draw(stem);
        canvas.setColor(Tones.lighter(color, 0.2));
        for (double y = -2; y < 2; y += dice.between(0.5, 0.9)) {
            canvas.fill(Outlines.ellipse(0.5, y, dice.between(0.2, 0.4), dice.between(0.08, 0.18)));
        }
    }
}
