package dev.graft.decode;

/** The upper bits of a band of AC coefficients of a progressive file (ITU T.81, G.1.2.2). */
final class AcBlocks implements JpegBlocks {
    private static final int SIXTEEN_ZEROS = 15;

    private final JpegBits bits;
    private final HuffmanTable table;
    private final int first;
    private final int last;
    private final int low;
    private int emptyBlocks;

    AcBlocks(JpegBits bits, HuffmanTable table, JpegScan scan) {
        this.bits = bits;
        this.table = table;
        this.first = scan.first();
        this.last = scan.last();
        this.low = scan.low();
    }

    @Override
    public void restart() {
        emptyBlocks = 0;
    }

    @Override
    public int read(int part, short[] coefficients, int at) {
        if (emptyBlocks > 0) {
            emptyBlocks--;
            return 0;
        }
        for (int k = first; k <= last; k++) {
            int symbol = bits.symbol(table);
            int run = symbol >> 4;
            int size = symbol & 0xF;
            if (size == 0 && run != SIXTEEN_ZEROS) {
                emptyBlocks = (run == 0 ? 1 : (1 << run) + bits.bits(run)) - 1;
                return last;
            }
            k += run;
            if (size != 0) {
                coefficients[at + Zigzag.limited(k)] = (short) (bits.value(size) << low);
            }
        }
        return last;
    }
}
