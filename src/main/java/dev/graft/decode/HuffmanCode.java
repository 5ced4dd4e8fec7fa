package dev.graft.decode;

/** A Huffman code as a JPEG file gives it. */
final class HuffmanCode {
    static final int LONGEST = 16;
    private static final int MOST_SYMBOLS = 256;

    private final int[] counts;
    private final byte[] symbols;

    /**
     * @param counts how many codes there are of each length, from index 1 to 16
     * @param symbols in the order of their codes
     */
    HuffmanCode(int[] counts, byte[] symbols) {
        this.counts = counts;
        this.symbols = symbols;
    }

    /** Reads one table of a DHT segment, after its index; {@code announced} bytes are left of the segment. */
    static HuffmanCode read(ByteCursor cursor, int announced) throws RejectedException {
        int[] counts = new int[LONGEST + 1];
        int total = 0;
        for (int length = 1; length <= LONGEST; length++) {
            counts[length] = cursor.unsignedByte();
            total += counts[length];
        }
        if (total > MOST_SYMBOLS || total > announced - LONGEST) {
            throw RejectedException.corrupt(
                    "a Huffman table of " + total + " symbols (at most 256, within its segment)");
        }
        return new HuffmanCode(counts, cursor.take(total));
    }

    int count(int length) {
        return counts[length];
    }

    byte[] symbols() {
        return symbols;
    }
}
