package dev.graft.decode;

/** The picture that a bitmap is drawn on, row by row as the rows come: from the bottom, or from the top. */
final class BmpCanvas {
    private final int width;
    private final int height;
    private final boolean isTopDown;
    private final byte[] rgb;

    /** @param signedHeight negative for rows from the top */
    BmpCanvas(int width, int signedHeight) {
        this.width = width;
        this.height = Math.abs(signedHeight);
        this.isTopDown = signedHeight < 0;
        this.rgb = new byte[width * height * RgbImage.CHANNELS];
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Where in the picture a row begins, counted as the file does. */
    int rowAt(int row) {
        return (isTopDown ? row : height - 1 - row) * width * RgbImage.CHANNELS;
    }

    /** @param colour 0xRRGGBB */
    void paint(int at, int colour) {
        rgb[at] = (byte) (colour >> 16);
        rgb[at + 1] = (byte) (colour >> 8);
        rgb[at + 2] = (byte) colour;
    }

    RgbImage image() {
        return new RgbImage(width, height, rgb);
    }
}
