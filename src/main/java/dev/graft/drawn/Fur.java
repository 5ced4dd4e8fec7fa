package dev.graft.drawn;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.Shape;
import java.awt.geom.FlatteningPathIterator;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Point2D;

/** Fur: round shading, a tufted rim and single hairs. */
final class Fur {
    private static final double TUFT = 0.09;
    private static final double FLATNESS = 0.01;

    private Fur() {}

    /** Fills a form with fur that is lit from above and darkens towards the given radius. */
    static void cover(Graphics2D canvas, Shape form, Color lit, Color shaded, double radius, Dice dice) {
        Point2D middle = new Point2D.Double(dice.between(-0.3, 0.3), dice.between(-0.5, -0.1));
        float[] stops = {0, 0.55f, 1};
        Color[] colors = {lit, Tones.mix(lit, shaded, 0.35), shaded};
        canvas.setPaint(new RadialGradientPaint(middle, (float) radius, stops, colors));
        canvas.fill(tufted(form, dice));
    }

    /** Draws single hairs that point away from the middle, inside an ellipse around it. */
    static void hairs(Graphics2D canvas, Color color, double radiusX, double radiusY, int count, Dice dice) {
        Path2D hairs = new Path2D.Double();
        for (int i = 0; i < count; i++) {
            double angle = dice.angle();
            double start = Math.sqrt(dice.between(0.1, 0.8));
            double end = start + dice.between(0.08, 0.18);
            double bend = angle + dice.between(-0.12, 0.12);
            hairs.moveTo(start * radiusX * Math.cos(angle), start * radiusY * Math.sin(angle));
            hairs.lineTo(end * radiusX * Math.cos(bend), end * radiusY * Math.sin(bend));
        }
        canvas.setColor(Tones.translucent(color, 0.5));
        canvas.setStroke(Inks.pen(0.022));
        canvas.draw(hairs);
    }

    /** The form, whose rim has to run clockwise, with small tufts standing out all along it. */
    static Shape tufted(Shape form, Dice dice) {
        Path2D rim = new Path2D.Double();
        FlatteningPathIterator edges = new FlatteningPathIterator(form.getPathIterator(null), FLATNESS);
        double[] point = new double[6];
        double x = 0;
        double y = 0;
        for (; !edges.isDone(); edges.next()) {
            int kind = edges.currentSegment(point);
            if (kind == PathIterator.SEG_MOVETO) {
                rim.moveTo(point[0], point[1]);
            } else if (kind == PathIterator.SEG_LINETO) {
                tufts(rim, x, y, point[0], point[1], dice);
            } else {
                rim.closePath();
            }
            x = point[0];
            y = point[1];
        }
        return rim;
    }

    private static void tufts(Path2D rim, double fromX, double fromY, double toX, double toY, Dice dice) {
        double length = Math.hypot(toX - fromX, toY - fromY);
        int tufts = Math.max(1, (int) Math.round(length / TUFT));
        for (int i = 0; i < tufts; i++) {
            double part = (i + dice.between(0.3, 0.7)) / tufts;
            double height = dice.between(0, 0.045);
            rim.lineTo(
                    fromX + part * (toX - fromX) + height * (toY - fromY) / length,
                    fromY + part * (toY - fromY) - height * (toX - fromX) / length);
            double valley = (i + 1.0) / tufts;
            rim.lineTo(fromX + valley * (toX - fromX), fromY + valley * (toY - fromY));
        }
    }
}
