package dev.graft.decode;

import java.util.Arrays;

/** The upper bits of the DC coefficients of a progressive file (ITU T.81, G.1.2.1). */
final class DcBlocks implements JpegBlocks {
    private final JpegBits bits;
    private final HuffmanTable[] tables;
    private final int low;
    private final int[] lastDc;

    DcBlocks(JpegBits bits, HuffmanTable[] tables, int low) {
        this.bits = bits;
        this.tables = tables;
        this.low = low;
        this.lastDc = new int[tables.length];
    }

    @Override
    public void restart() {
        Arrays.fill(lastDc, 0);
    }

    @Override
    public int read(int part, short[] coefficients, int at) {
        int size = bits.symbol(tables[part]);
        if (size != 0) {
            lastDc[part] += bits.value(size);
        }
        coefficients[at] = (short) (lastDc[part] << low);
        return 0;
    }
}
