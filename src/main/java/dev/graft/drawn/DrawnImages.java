package dev.graft.drawn;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/** Photo-like drawings, each fully determined by its class, the seed and its index. */
public final class DrawnImages {
    private static final int SHORTEST_SIDE = 120;
    private static final int LONGEST_SIDE = 400;

    private DrawnImages() {}

    /** A picture with sides between 120 and 400 pixels, in portrait or landscape format. */
    public static BufferedImage draw(DrawnClass drawn, long seed, int index) {
        Dice dice = Dice.of(drawn, seed, index);
        int longSide = dice.count(LONGEST_SIDE / 2, LONGEST_SIDE);
        int shortSide = Math.max(SHORTEST_SIDE, (int) (longSide / dice.between(1.15, 1.65)));
        return dice.chance(0.5) ? picture(drawn, longSide, shortSide, dice) : picture(drawn, shortSide, longSide, dice);
    }

    /** The pixels of a square picture, shape [size, size, 3]: rows from the top, red, green and blue from 0 to 255. */
    public static byte[] drawSquare(DrawnClass drawn, long seed, int index, int size) {
        BufferedImage picture = picture(drawn, size, size, Dice.of(drawn, seed, index));
        int[] pixels = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
        byte[] bytes = new byte[3 * pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            bytes[3 * i] = (byte) (pixels[i] >> 16);
            bytes[3 * i + 1] = (byte) (pixels[i] >> 8);
            bytes[3 * i + 2] = (byte) pixels[i];
        }
        return bytes;
    }

    static BufferedImage picture(DrawnClass drawn, int width, int height, Dice dice) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Palette palette = Palette.of(dice.fork());
        Backdrop.paint(image, palette, dice.fork());
        Graphics2D canvas = Canvases.of(image);
        double unit = Math.min(width, height) / 2.0;
        canvas.translate(width / 2.0, height / 2.0);
        canvas.scale(unit, unit);
        Clutter.scatter(canvas, dice.fork());
        Pose.of(drawn, width / (2 * unit), height / (2 * unit), dice.fork()).take(canvas);
        Canvases.within(canvas, copy -> Figure.of(drawn).paint(copy, palette, dice.fork()));
        if (dice.chance(0.35)) {
            Clutter.occlude(canvas, dice.fork());
        }
        canvas.dispose();
        new Film(dice.fork()).expose(image);
        return image;
    }
}
