package dev.graft.drawn;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.TexturePaint;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** An irregular patch known by the texture that fills it. */
record TextureFigure(Motif motif) implements Figure {
    /** What is repeated: painted in the foreground colour on the unit square. */
    interface Motif {
        void paint(Graphics2D tile, Dice dice);
    }

    @Override
    public void paint(Graphics2D canvas, Palette palette, Dice dice) {
        Color foreground = Inks.standingOut(palette, dice);
        Color ground = new Palette(List.of(foreground)).contrasting(() -> Inks.any(dice));
        Shape patch = Outlines.blob(dice);
        double period = dice.between(0.28, 0.55);
        canvas.rotate(dice.angle());
        canvas.scale(1, dice.between(0.8, 1));
        canvas.setPaint(new TexturePaint(
                tile(pixels(canvas, period), foreground, ground, dice), new Rectangle2D.Double(0, 0, period, period)));
        canvas.fill(patch);
    }

    static void stripes(Graphics2D tile, Dice dice) {
        tile.fill(new Rectangle2D.Double(0, 0, 1, dice.between(0.35, 0.65)));
    }

    static void checkerboard(Graphics2D tile, Dice dice) {
        double split = dice.between(0.45, 0.55);
        tile.fill(new Rectangle2D.Double(0, 0, split, split));
        tile.fill(new Rectangle2D.Double(split, split, 1 - split, 1 - split));
    }

    static void dots(Graphics2D tile, Dice dice) {
        double radius = dice.between(0.24, 0.36);
        tile.fill(Outlines.ellipse(0.5, 0.5, radius, radius));
    }

    private BufferedImage tile(int pixels, Color foreground, Color ground, Dice dice) {
        BufferedImage tile = new BufferedImage(pixels, pixels, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = Canvases.of(tile);
        canvas.setColor(ground);
        canvas.fillRect(0, 0, pixels, pixels);
        canvas.scale(pixels, pixels);
        canvas.setColor(foreground);
        motif.paint(canvas, dice);
        canvas.dispose();
        return tile;
    }

    /** A tile as fine as the canvas, since a finer one would alias. */
    private static int pixels(Graphics2D canvas, double period) {
        AffineTransform transform = canvas.getTransform();
        return (int) Math.max(4, Math.round(period * Math.sqrt(Math.abs(transform.getDeterminant()))));
    }
}
