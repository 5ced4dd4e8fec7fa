package dev.graft.decode;

import java.util.Arrays;

/** Whole blocks, as baseline and extended sequential files have them (ITU T.81, F.2). */
final class SequentialBlocks implements JpegBlocks {
    private static final int SIXTEEN_ZEROS = 0xF0;

    private final JpegBits bits;
    private final HuffmanTable[] dcTables;
    private final HuffmanTable[] acTables;
    private final int[] lastDc;

    SequentialBlocks(JpegBits bits, HuffmanTable[] dcTables, HuffmanTable[] acTables) {
        this.bits = bits;
        this.dcTables = dcTables;
        this.acTables = acTables;
        this.lastDc = new int[dcTables.length];
    }

    @Override
    public void restart() {
        Arrays.fill(lastDc, 0);
    }

    @Override
    public int read(int part, short[] coefficients, int at) {
        int size = bits.symbol(dcTables[part]);
        if (size != 0) {
            lastDc[part] += bits.value(size);
        }
        coefficients[at] = (short) lastDc[part];
        return readAc(acTables[part], coefficients, at);
    }

    private int readAc(HuffmanTable table, short[] coefficients, int at) {
        int last = 0;
        for (int k = 1; k < JpegComponent.COEFFICIENTS; k++) {
            int whole = bits.coefficient(table);
            if (whole != 0) {
                k += whole >> 8 & 0xFF;
                last = Zigzag.limited(k);
                coefficients[at + last] = (short) (whole >> 16);
                continue;
            }
            int symbol = bits.symbol(table);
            int size = symbol & 0xF;
            if (size == 0 && symbol != SIXTEEN_ZEROS) {
                return last;
            }
            k += symbol >> 4;
            if (size != 0) {
                last = Zigzag.limited(k);
                coefficients[at + last] = (short) bits.value(size);
            }
        }
        return last;
    }
}
