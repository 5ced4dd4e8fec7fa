package dev.graft.decode;

/** One further bit of a band of AC coefficients of a progressive file (ITU T.81, G.1.2.3). */
final class AcRefinementBlocks implements JpegBlocks {
    private static final int SIXTEEN_ZEROS = 15;

    private final JpegBits bits;
    private final HuffmanTable table;
    private final int first;
    private final int last;
    private final int bit;

    /** Blocks from this one on in which no coefficient becomes non-zero. */
    private int settledBlocks;

    AcRefinementBlocks(JpegBits bits, HuffmanTable table, JpegScan scan) {
        this.bits = bits;
        this.table = table;
        this.first = scan.first();
        this.last = scan.last();
        this.bit = 1 << scan.low();
    }

    @Override
    public void restart() {
        settledBlocks = 0;
    }

    @Override
    public int read(int part, short[] coefficients, int at) {
        int k = first;
        while (settledBlocks == 0 && k <= last) {
            int symbol = bits.symbol(table);
            int run = symbol >> 4;
            if ((symbol & 0xF) != 0) {
                short value = (short) (bits.bit() ? bit : -bit);
                k = refine(coefficients, at, k, run);
                coefficients[at + Zigzag.limited(k)] = value;
                k++;
            } else if (run == SIXTEEN_ZEROS) {
                k = refine(coefficients, at, k, run) + 1;
            } else {
                settledBlocks = run == 0 ? 1 : (1 << run) + bits.bits(run);
            }
        }
        if (settledBlocks > 0) {
            refine(coefficients, at, k, JpegComponent.COEFFICIENTS);
            settledBlocks--;
        }
        return last;
    }

    /** Refines what is not zero from {@code k} on, over {@code zeros} zeros; gives the place of the zero after them. */
    private int refine(short[] coefficients, int at, int k, int zeros) {
        int left = zeros;
        int i = k;
        for (; i <= last; i++) {
            int place = at + i;
            if (coefficients[place] == 0) {
                if (--left < 0) {
                    return i;
                }
            } else if (bits.bit() && (coefficients[place] & bit) == 0) {
                coefficients[place] += (short) (coefficients[place] >= 0 ? bit : -bit);
            }
        }
        return i;
    }
}
