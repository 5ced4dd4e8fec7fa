package dev.graft.decode;

/** One colour component of a JPEG frame: its sampling, its coefficients while they are read, and its samples after. */
final class JpegComponent {
    static final int BLOCK = 8;
    static final int COEFFICIENTS = BLOCK * BLOCK;

    final int id;
    final int horizontal;
    final int vertical;
    final int quantisation;

    /** How many pixels there are to a sample, along a row and along a column. */
    int horizontalExpansion;

    int verticalExpansion;

    /** Size in samples and in blocks; what lies beyond, up to whole MCUs, is decoded and not used. */
    int width;

    int height;
    int widthInBlocks;
    int heightInBlocks;

    /** Blocks in a row of whole MCUs; eight times as many samples are in a row of {@link #samples}. */
    int blocksPerRow;

    /** Rows of blocks for which there are coefficients: a row of MCUs, or all when there are several scans. */
    int blockRowsHeld;

    /** Blocks one after the other, each in zigzag order. */
    short[] coefficients = {};

    /** For each block, an upper bound of the places of its coefficients that are not zero. */
    byte[] lastNonZero = {};

    byte[] samples = {};

    /** What coefficients are multiplied with before the inverse transform; zeros until a scan has the component. */
    short[] multipliers = new short[COEFFICIENTS];

    boolean isQuantised;

    JpegComponent(int id, int horizontal, int vertical, int quantisation) {
        this.id = id;
        this.horizontal = horizontal;
        this.vertical = vertical;
        this.quantisation = quantisation;
    }

    int stride() {
        return blocksPerRow * BLOCK;
    }

    /** The number of the block among those for which there are coefficients. */
    int blockIndex(int blockRow, int blockColumn) {
        return blockRow % blockRowsHeld * blocksPerRow + blockColumn;
    }
}
