package dev.graft.decode;

import java.util.Arrays;

/** A Huffman code of a JPEG file, derived for decoding: short codes are looked up, long ones compared. */
final class HuffmanTable {
    static final int LOOKUP_BITS = 9;
    private static final int LONGEST = HuffmanCode.LONGEST;
    private static final int LARGEST_DC_SIZE = 15;

    /** By the next {@link #LOOKUP_BITS} bits: code length in the high byte, symbol in the low; 0 for longer codes. */
    final short[] lookup = new short[1 << LOOKUP_BITS];

    /**
     * By the next {@link #LOOKUP_BITS} bits: a whole AC coefficient where code and value fit into them. The value in
     * the upper half, the zeros before it in bits 8 to 15, the bits used in bits 0 to 7; 0 where they do not fit.
     */
    final int[] coefficients = new int[1 << LOOKUP_BITS];

    /** By length, the largest code of that length, -1 for none; the entry after the longest ends every search. */
    private final int[] largestCode = new int[LONGEST + 2];

    private final int[] symbolOffset = new int[LONGEST + 1];
    private final byte[] symbols;

    private HuffmanTable(HuffmanCode source) throws RejectedException {
        this.symbols = source.symbols();
        int code = 0;
        int used = 0;
        for (int length = 1; length <= LONGEST; length++) {
            int count = source.count(length);
            symbolOffset[length] = used - code;
            largestCode[length] = count == 0 ? -1 : code + count - 1;
            if (code + count >= 1 << length) {
                throw RejectedException.corrupt("a Huffman table has too many codes of " + length + " bits");
            }
            addToLookup(code, count, length, used);
            used += count;
            code = (code + count) << 1;
        }
        largestCode[LONGEST + 1] = Integer.MAX_VALUE;
    }

    static HuffmanTable dc(HuffmanCode code) throws RejectedException {
        for (byte symbol : code.symbols()) {
            if ((symbol & 0xFF) > LARGEST_DC_SIZE) {
                throw RejectedException.corrupt("a Huffman table has a DC difference of " + (symbol & 0xFF) + " bits");
            }
        }
        return new HuffmanTable(code);
    }

    static HuffmanTable ac(HuffmanCode code) throws RejectedException {
        HuffmanTable table = new HuffmanTable(code);
        for (int bits = 0; bits < table.coefficients.length; bits++) {
            table.coefficients[bits] = table.wholeCoefficient(bits);
        }
        return table;
    }

    /** The symbol of a code longer than the lookup, given the next 17 bits, with its length in the upper half. */
    int longCode(int next17Bits) {
        int length = LOOKUP_BITS + 1;
        while (next17Bits >>> (LONGEST + 1 - length) > largestCode[length]) {
            length++;
        }
        if (length > LONGEST) {
            // Not a code: the symbol 0, as libjpeg reads it.
            return length << 16;
        }
        int index = (next17Bits >>> (LONGEST + 1 - length)) + symbolOffset[length];
        return length << 16 | (symbols[index] & 0xFF);
    }

    private void addToLookup(int firstCode, int count, int length, int firstSymbol) {
        if (length > LOOKUP_BITS) {
            return;
        }
        int repeats = 1 << (LOOKUP_BITS - length);
        for (int i = 0; i < count; i++) {
            int from = (firstCode + i) * repeats;
            short entry = (short) (length << 8 | (symbols[firstSymbol + i] & 0xFF));
            Arrays.fill(lookup, from, from + repeats, entry);
        }
    }

    private int wholeCoefficient(int bits) {
        int length = lookup[bits] >> 8;
        int run = lookup[bits] >> 4 & 15;
        int size = lookup[bits] & 15;
        if (length == 0 || size == 0 || length + size > LOOKUP_BITS) {
            return 0;
        }
        int magnitude = bits >> (LOOKUP_BITS - length - size) & ((1 << size) - 1);
        int value = magnitude < 1 << (size - 1) ? magnitude - (1 << size) + 1 : magnitude;
        return value << 16 | run << 8 | length + size;
    }
}
