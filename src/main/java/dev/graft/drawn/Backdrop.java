package dev.graft.drawn;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** What lies behind the subject, from a plain wall to a meadow, more or less out of focus. */
enum Backdrop {
    LIGHTS,
    CLOUDS,
    WALLPAPER,
    FOLIAGE,
    ROOM,
    MEADOW;

    private static final List<Backdrop> ALL = List.of(values());
    /** The image is at most this many units wide or high, the unit being half its short side. */
    private static final double REACH = 2.2;

    private static final int STRONGEST_BLUR = 4;

    /** Covers the whole image: painted smaller and enlarged, it is out of focus. */
    static void paint(BufferedImage image, Palette palette, Dice dice) {
        int blur = dice.count(1, STRONGEST_BLUR);
        int width = image.getWidth() / blur + 3;
        int height = image.getHeight() / blur + 3;
        BufferedImage scene = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = Canvases.of(scene);
        canvas.translate(width / 2.0, height / 2.0);
        double unit = Math.min(width, height) / 2.0;
        canvas.scale(unit, unit);
        dice.pick(ALL).paint(canvas, palette, dice);
        canvas.dispose();
        Graphics2D enlarged = Canvases.of(image);
        enlarged.drawImage(scene, -blur, -blur, width * blur, height * blur, null);
        enlarged.dispose();
    }

    private void paint(Graphics2D canvas, Palette palette, Dice dice) {
        canvas.setPaint(slope(palette, dice));
        canvas.fill(everything());
        switch (this) {
            case LIGHTS -> lights(canvas, palette, dice);
            case CLOUDS -> clouds(canvas, palette, dice);
            case WALLPAPER -> wallpaper(canvas, palette, dice);
            case FOLIAGE -> foliage(canvas, palette, dice);
            case ROOM -> room(canvas, palette, dice);
            case MEADOW -> meadow(canvas, palette, dice);
        }
    }

    private static GradientPaint slope(Palette palette, Dice dice) {
        double angle = dice.angle();
        float x = (float) (1.3 * Math.cos(angle));
        float y = (float) (1.3 * Math.sin(angle));
        return new GradientPaint(-x, -y, palette.first(), x, y, palette.second());
    }

    private static void lights(Graphics2D canvas, Palette palette, Dice dice) {
        int lights = dice.count(6, 18);
        for (int i = 0; i < lights; i++) {
            Color color = Tones.lighter(dice.pick(palette.colors()), dice.between(0, 0.35));
            canvas.setColor(Tones.translucent(color, dice.between(0.25, 0.7)));
            double radius = dice.between(0.06, 0.3);
            canvas.fill(Outlines.ellipse(place(dice), place(dice), radius, radius));
        }
    }

    private static void clouds(Graphics2D canvas, Palette palette, Dice dice) {
        grain(canvas, dice.count(4, 9), 1, palette, dice);
        grain(canvas, dice.count(14, 60), dice.between(0.25, 0.5), palette, dice);
    }

    private static void wallpaper(Graphics2D canvas, Palette palette, Dice dice) {
        double pitch = dice.between(0.25, 0.7);
        double width = pitch * dice.between(0.15, 0.6);
        canvas.rotate(dice.chance(0.6) ? 0 : dice.angle());
        canvas.setColor(Tones.mix(palette.first(), dice.pick(palette.colors()), dice.between(0.4, 1)));
        for (double x = -REACH; x < REACH; x += pitch) {
            canvas.fill(new Rectangle2D.Double(x, -REACH, width, 2 * REACH));
        }
    }

    private static void foliage(Graphics2D canvas, Palette palette, Dice dice) {
        int leaves = dice.count(40, 90);
        for (int i = 0; i < leaves; i++) {
            Color color = dice.pick(palette.colors());
            canvas.setColor(dice.chance(0.5) ? Tones.darker(color, dice.between(0, 0.4)) : color);
            double length = dice.between(0.1, 0.35);
            double width = length * dice.between(0.25, 0.8);
            double angle = dice.angle();
            double x = place(dice);
            double y = place(dice);
            Canvases.within(canvas, leaf -> {
                leaf.translate(x, y);
                leaf.rotate(angle);
                leaf.fill(Outlines.ellipse(0, 0, length, width));
            });
        }
    }

    private static void room(Graphics2D canvas, Palette palette, Dice dice) {
        double horizon = dice.between(0, 0.7);
        canvas.setColor(Tones.darker(dice.pick(palette.colors()), dice.between(0.05, 0.35)));
        canvas.fill(new Rectangle2D.Double(-REACH, horizon, 2 * REACH, REACH));
        canvas.setColor(Tones.darker(palette.first(), 0.5));
        canvas.setStroke(Inks.pen(0.015));
        canvas.draw(floorboards(horizon, dice.between(0.3, 0.6)));
        int frames = dice.count(0, 3);
        for (int i = 0; i < frames; i++) {
            pictureFrame(canvas, horizon, palette, dice);
        }
    }

    private static Path2D floorboards(double horizon, double pitch) {
        Path2D boards = new Path2D.Double();
        for (double x = -2 * REACH; x < 2 * REACH; x += pitch) {
            boards.moveTo(x / 2, horizon);
            boards.lineTo(x, REACH);
        }
        return boards;
    }

    private static void pictureFrame(Graphics2D canvas, double horizon, Palette palette, Dice dice) {
        double width = dice.between(0.3, 0.8);
        double height = dice.between(0.3, 0.8);
        double rim = dice.between(0.02, 0.08);
        double x = place(dice);
        double y = horizon - height - dice.between(0.1, 0.6);
        canvas.setColor(Tones.darker(dice.pick(palette.colors()), dice.between(0.1, 0.4)));
        canvas.fill(new Rectangle2D.Double(x, y, width, height));
        canvas.setColor(Tones.lighter(dice.pick(palette.colors()), dice.between(0, 0.3)));
        canvas.fill(new Rectangle2D.Double(x + rim, y + rim, width - 2 * rim, height - 2 * rim));
    }

    private static void meadow(Graphics2D canvas, Palette palette, Dice dice) {
        double horizon = dice.between(-1, 0.3);
        Color ground = Tones.mix(palette.first(), dice.pick(palette.colors()), 0.5);
        canvas.setColor(Tones.darker(ground, dice.between(0, 0.3)));
        canvas.fill(new Rectangle2D.Double(-REACH, horizon, 2 * REACH, 2 * REACH));
        canvas.setStroke(Inks.pen(dice.between(0.015, 0.035)));
        for (Color color : palette.colors()) {
            canvas.setColor(Tones.mix(ground, color, dice.between(0.3, 1)));
            canvas.draw(blades(horizon, dice));
        }
    }

    private static Path2D blades(double horizon, Dice dice) {
        Path2D blades = new Path2D.Double();
        int count = dice.count(30, 60);
        for (int i = 0; i < count; i++) {
            double x = place(dice);
            double y = dice.between(horizon, REACH);
            blades.moveTo(x, y);
            blades.lineTo(x + dice.between(-0.12, 0.12), y - dice.between(0.1, 0.35));
        }
        return blades;
    }

    /** Value noise: random mixtures on a coarse grid, interpolated between. */
    private static void grain(Graphics2D canvas, int cells, double opacity, Palette palette, Dice dice) {
        BufferedImage grid = new BufferedImage(cells, cells, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < cells; y++) {
            for (int x = 0; x < cells; x++) {
                Color color = Tones.mix(palette.first(), dice.pick(palette.colors()), dice.between(0, 1.0));
                grid.setRGB(x, y, color.getRGB());
            }
        }
        Canvases.within(canvas, copy -> {
            copy.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, (float) opacity));
            copy.translate(-REACH, -REACH);
            copy.scale(2 * REACH / cells, 2 * REACH / cells);
            copy.drawImage(grid, 0, 0, null);
        });
    }

    private static double place(Dice dice) {
        return dice.between(-1.6, 1.6);
    }

    private static Rectangle2D everything() {
        return new Rectangle2D.Double(-REACH, -REACH, 2 * REACH, 2 * REACH);
    }
}
