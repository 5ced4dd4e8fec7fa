package dev.graft.drawn;

import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.util.function.Function;

/** A shape known by the course of a drawn line. */
record LineFigure(Function<Dice, Shape> line) implements Figure {
    private static final int STEPS_PER_TURN = 24;

    @Override
    public void paint(Graphics2D canvas, Palette palette, Dice dice) {
        canvas.rotate(dice.angle());
        canvas.scale(dice.side(), dice.between(0.8, 1));
        canvas.setColor(Inks.standingOut(palette, dice));
        canvas.setStroke(Inks.pen(dice.between(0.07, 0.13)));
        canvas.draw(line.apply(dice));
    }

    /** An Archimedean spiral. */
    static Shape spiral(Dice dice) {
        double turns = dice.between(2, 3.6);
        int steps = (int) Math.ceil(turns * STEPS_PER_TURN);
        Path2D path = new Path2D.Double();
        path.moveTo(0, 0);
        for (int i = 1; i <= steps; i++) {
            double part = i / (double) steps;
            double angle = 2 * Math.PI * turns * part;
            path.lineTo(part * Math.cos(angle), part * Math.sin(angle));
        }
        return path;
    }

    /** Sine lines, one below the other. */
    static Shape waves(Dice dice) {
        int lines = dice.count(3, 5);
        double periods = dice.between(1.5, 3.5);
        double gap = 1.7 / (lines - 1);
        double amplitude = gap * dice.between(0.25, 0.4);
        Path2D path = new Path2D.Double();
        for (int line = 0; line < lines; line++) {
            wave(path, -0.85 + line * gap, amplitude, periods);
        }
        return path;
    }

    private static void wave(Path2D path, double height, double amplitude, double periods) {
        int steps = (int) Math.ceil(periods * STEPS_PER_TURN);
        path.moveTo(-1, height);
        for (int i = 1; i <= steps; i++) {
            double part = i / (double) steps;
            path.lineTo(2 * part - 1, height + amplitude * Math.sin(2 * Math.PI * periods * part));
        }
    }
}
