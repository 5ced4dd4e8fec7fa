package dev.graft.drawn;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.function.Consumer;

/** Smooth-edged canvases on images. */
final class Canvases {
    private Canvases() {}

    static Graphics2D of(BufferedImage image) {
        Graphics2D canvas = image.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        return canvas;
    }

    /** Paints on a copy, so that what the painter transforms ends with it. */
    static void within(Graphics2D canvas, Consumer<Graphics2D> painter) {
        Graphics2D copy = (Graphics2D) canvas.create();
        painter.accept(copy);
        copy.dispose();
    }

    /** Paints the right half, then the same painter's left half in the mirror. */
    static void onBothSides(Graphics2D canvas, Consumer<Graphics2D> half) {
        within(canvas, half);
        within(canvas, copy -> {
            copy.scale(-1, 1);
            half.accept(copy);
        });
    }
}
