package dev.graft.drawn;

import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/** Closed outlines around the origin, about one unit in radius, y pointing down. */
final class Outlines {
    private Outlines() {}

    static Shape ellipse(double x, double y, double radiusX, double radiusY) {
        return new Ellipse2D.Double(x - radiusX, y - radiusY, 2 * radiusX, 2 * radiusY);
    }

    static Shape circle(Dice dice) {
        double flattened = dice.between(0.85, 1);
        return ellipse(0, 0, 1, flattened);
    }

    static Shape triangle(Dice dice) {
        double[] angles = new double[3];
        for (int i = 0; i < angles.length; i++) {
            angles[i] = 2 * Math.PI * i / angles.length + dice.between(-0.25, 0.25);
        }
        Path2D path = new Path2D.Double();
        for (double angle : angles) {
            lineTo(path, angle, 1.1);
        }
        path.closePath();
        return path;
    }

    static Shape square(Dice dice) {
        double width = dice.between(0.75, 0.95);
        double height = dice.between(0.75, 0.95);
        double skew = dice.between(-0.12, 0.12);
        return polygon(-width - skew, -height, width - skew, -height, width + skew, height, -width + skew, height);
    }

    static Shape star(Dice dice) {
        int points = dice.count(5, 6);
        double inner = dice.between(0.36, 0.5);
        Path2D path = new Path2D.Double();
        for (int i = 0; i < 2 * points; i++) {
            lineTo(path, Math.PI * i / points, i % 2 == 0 ? 1.1 : inner);
        }
        path.closePath();
        return path;
    }

    static Shape ring(Dice dice) {
        double hole = dice.between(0.5, 0.78);
        double flattened = dice.between(0.8, 1);
        Path2D path = new Path2D.Double(Path2D.WIND_EVEN_ODD);
        path.append(ellipse(0, 0, 1, flattened), false);
        path.append(ellipse(0, 0, hole, hole * flattened), false);
        return path;
    }

    static Shape cross(Dice dice) {
        double arm = dice.between(0.2, 0.36);
        double length = dice.between(0.9, 1.05);
        return polygon(
                -arm, -length, arm, -length, arm, -arm, length, -arm, length, arm, arm, arm, //
                arm, length, -arm, length, -arm, arm, -length, arm, -length, -arm, -arm, -arm);
    }

    static Shape crescent(Dice dice) {
        double bite = dice.between(0.75, 0.95);
        double offset = dice.between(0.42, 0.6);
        Area moon = new Area(ellipse(0, 0, 1, 1));
        moon.subtract(new Area(ellipse(offset, 0, bite, bite)));
        return moon;
    }

    /** A smooth, irregular outline whose form says nothing about its class. */
    static Shape blob(Dice dice) {
        int corners = dice.count(6, 11);
        double[] xs = new double[corners];
        double[] ys = new double[corners];
        for (int i = 0; i < corners; i++) {
            double angle = 2 * Math.PI * (i + dice.between(-0.25, 0.25)) / corners;
            double radius = dice.between(0.8, 1.25);
            xs[i] = radius * Math.cos(angle);
            ys[i] = radius * Math.sin(angle);
        }
        return rounded(xs, ys);
    }

    static Shape polygon(double... coordinates) {
        Path2D path = new Path2D.Double();
        path.moveTo(coordinates[0], coordinates[1]);
        for (int i = 2; i < coordinates.length; i += 2) {
            path.lineTo(coordinates[i], coordinates[i + 1]);
        }
        path.closePath();
        return path;
    }

    /** The closed quadratic spline with the given control points. */
    private static Shape rounded(double[] xs, double[] ys) {
        int last = xs.length - 1;
        Path2D path = new Path2D.Double();
        path.moveTo((xs[last] + xs[0]) / 2, (ys[last] + ys[0]) / 2);
        for (int i = 0; i <= last; i++) {
            int next = i == last ? 0 : i + 1;
            path.quadTo(xs[i], ys[i], (xs[i] + xs[next]) / 2, (ys[i] + ys[next]) / 2);
        }
        path.closePath();
        return path;
    }

    private static void lineTo(Path2D path, double angle, double radius) {
        double x = radius * Math.cos(angle);
        double y = radius * Math.sin(angle);
        if (path.getCurrentPoint() == null) {
            path.moveTo(x, y);
        } else {
            path.lineTo(x, y);
        }
    }
}
