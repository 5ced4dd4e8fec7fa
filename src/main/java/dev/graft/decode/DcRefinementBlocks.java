package dev.graft.decode;

/** One further bit of the DC coefficients of a progressive file (ITU T.81, G.1.2.1). */
final class DcRefinementBlocks implements JpegBlocks {
    private final JpegBits bits;
    private final int low;

    DcRefinementBlocks(JpegBits bits, int low) {
        this.bits = bits;
        this.low = low;
    }

    @Override
    public void restart() {}

    @Override
    public int read(int part, short[] coefficients, int at) {
        if (bits.bit()) {
            coefficients[at] |= (short) (1 << low);
        }
        return 0;
    }
}
