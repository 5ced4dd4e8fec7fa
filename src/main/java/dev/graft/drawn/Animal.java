package dev.graft.drawn;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.util.List;

/** What cats and dogs have in common: a body, a collar now and then, a tilted head that looks somewhere, shining eyes. */
final class Animal {
    private static final double COLLAR_SHARE = 0.35;

    private Animal() {}

    /** Paints the body of a sitting animal, paws and all, below a head in the origin. */
    static void body(Graphics2D canvas, Coat coat, Dice dice) {
        double neck = dice.between(0.5, 0.65);
        double hips = dice.between(1.05, 1.35);
        double ground = dice.between(2.6, 3);
        canvas.setColor(Tones.translucent(Color.BLACK, 0.25));
        canvas.fill(Outlines.ellipse(0, ground, 1.3 * hips, 0.2));
        Color lit = Tones.darker(coat.base(), 0.08);
        Fur.cover(canvas, trunk(neck, hips, ground), lit, Tones.darker(coat.base(), 0.4), 3, dice);
        if (dice.chance(0.6)) {
            canvas.setColor(dice.chance(0.5) ? coat.marking() : coat.pale());
            canvas.fill(Fur.tufted(Outlines.ellipse(0, 1.25, 0.36 * hips, 0.55), dice));
        }
        legs(canvas, coat, ground, dice);
        if (dice.chance(COLLAR_SHARE)) {
            collar(canvas, neck, dice);
        }
    }

    private static Path2D trunk(double neck, double hips, double ground) {
        Path2D trunk = new Path2D.Double();
        trunk.moveTo(-neck, 0.2);
        trunk.lineTo(neck, 0.2);
        trunk.curveTo(neck, 1.1, hips, 1.3, hips, ground - 0.4);
        trunk.quadTo(hips, ground, 0.7 * hips, ground);
        trunk.lineTo(-0.7 * hips, ground);
        trunk.quadTo(-hips, ground, -hips, ground - 0.4);
        trunk.curveTo(-hips, 1.3, -neck, 1.1, -neck, 0.2);
        trunk.closePath();
        return trunk;
    }

    private static void legs(Graphics2D canvas, Coat coat, double ground, Dice dice) {
        Color paws = dice.chance(0.4) ? coat.marking() : coat.lit();
        canvas.setStroke(Inks.pen(0.05));
        Canvases.onBothSides(canvas, half -> {
            half.setColor(coat.base());
            half.fill(new RoundRectangle2D.Double(0.06, 1.5, 0.44, ground - 1.5, 0.4, 0.4));
            half.setColor(paws);
            half.fill(Outlines.ellipse(0.3, ground - 0.06, 0.3, 0.18));
            half.fill(Outlines.ellipse(0.95, ground - 0.04, 0.26, 0.15));
            half.setColor(coat.line());
            half.draw(new Line2D.Double(0.54, 1.7, 0.54, ground - 0.2));
            half.draw(new Line2D.Double(0.22, ground - 0.1, 0.22, ground + 0.06));
            half.draw(new Line2D.Double(0.38, ground - 0.1, 0.38, ground + 0.06));
        });
    }

    /** Turns the canvas to the head's tilt. */
    static void tilt(Graphics2D canvas, Dice dice) {
        canvas.rotate(Math.max(-0.5, Math.min(0.5, 0.2 * dice.gaussian())));
        canvas.scale(dice.between(0.92, 1.05), dice.between(0.92, 1.05));
    }

    /** Shifts the canvas to where the face is on a head that looks a little to the side, up or down. */
    static void look(Graphics2D canvas, Dice dice) {
        double yaw = dice.between(-1, 1);
        canvas.translate(0.16 * yaw, dice.between(-0.05, 0.07));
        canvas.scale(1 - 0.12 * Math.abs(yaw), 1);
    }

    /** Paints the light that is reflected by an eye or a nose. */
    static void shine(Graphics2D canvas, double x, double y, double radius) {
        canvas.setColor(Tones.translucent(Color.WHITE, 0.9));
        canvas.fill(Outlines.ellipse(x, y, radius, radius));
    }

    private static void collar(Graphics2D canvas, double neck, Dice dice) {
        Color color = Tones.hsb(dice.between(0, 1), dice.between(0.4, 0.9), dice.between(0.3, 0.9));
        Path2D band = new Path2D.Double();
        band.moveTo(-neck - 0.08, 0.85);
        band.quadTo(0, 1.3, neck + 0.08, 0.85);
        canvas.setColor(color);
        canvas.setStroke(Inks.pen(0.16));
        canvas.draw(band);
        canvas.setColor(dice.pick(List.of(new Color(0xE2B93B), new Color(0xC9CCD1))));
        canvas.fill(Outlines.ellipse(0, 1.2, 0.12, 0.12));
    }
}
