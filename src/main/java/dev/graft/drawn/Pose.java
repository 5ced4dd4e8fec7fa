package dev.graft.drawn;

import java.awt.Graphics2D;

/** Where the subject's middle is and how large its radius, in units of half the picture's short side. */
record Pose(double x, double y, double radius) {
    /** A pose in a picture that reaches from -halfWidth to halfWidth and from -halfHeight to halfHeight. */
    static Pose of(DrawnClass drawn, double halfWidth, double halfHeight, Dice dice) {
        double radius = drawn.isAnimal() ? dice.between(0.42, 0.72) : dice.between(0.35, 0.8);
        return new Pose(within(halfWidth, radius, dice), within(halfHeight, radius, dice), radius);
    }

    void take(Graphics2D canvas) {
        canvas.translate(x, y);
        canvas.scale(radius, radius);
    }

    private static double within(double half, double radius, Dice dice) {
        double room = Math.max(0, half - radius);
        return dice.between(-room, room);
    }
}
