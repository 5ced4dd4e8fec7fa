package dev.graft.drawn;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.util.function.Function;

/** A shape known by its outline, filled evenly or with a gradient, turned and foreshortened. */
record SolidFigure(Function<Dice, Shape> outline) implements Figure {
    @Override
    public void paint(Graphics2D canvas, Palette palette, Dice dice) {
        canvas.rotate(dice.angle());
        canvas.scale(1, dice.between(0.8, 1));
        canvas.rotate(dice.angle());
        Shape shape = outline.apply(dice);
        Color color = Inks.standingOut(palette, dice);
        if (dice.chance(0.4)) {
            castShadow(canvas, shape, dice);
        }
        fill(canvas, shape, color, dice);
        if (dice.chance(0.35)) {
            canvas.setColor(dice.chance(0.5) ? Tones.darker(color, 0.5) : Tones.lighter(color, 0.5));
            canvas.setStroke(Inks.pen(dice.between(0.03, 0.12)));
            canvas.draw(shape);
        }
    }

    private static void castShadow(Graphics2D canvas, Shape shape, Dice dice) {
        double x = dice.between(-0.15, 0.15);
        double y = dice.between(-0.15, 0.15);
        canvas.translate(x, y);
        canvas.setColor(Tones.translucent(Color.BLACK, dice.between(0.15, 0.4)));
        canvas.fill(shape);
        canvas.translate(-x, -y);
    }

    private static void fill(Graphics2D canvas, Shape shape, Color color, Dice dice) {
        if (dice.chance(0.5)) {
            canvas.setColor(color);
        } else {
            Color lit = Tones.lighter(color, dice.between(0.1, 0.4));
            Color shaded = Tones.darker(color, dice.between(0.1, 0.4));
            canvas.setPaint(new GradientPaint(-1, 0, lit, 1, 0, shaded));
        }
        canvas.fill(shape);
    }
}
