package dev.graft.decode;

import java.util.Arrays;

/** A prefix code of a lossless WebP picture (RFC 9649, section 6.2), read and decoded bit by bit. */
final class WebpCode {
    private static final int LONGEST = 15;
    private static final int CODE_LENGTHS = 19;
    private static final int REPEAT_PREVIOUS = 16;
    private static final int REPEAT_ZERO = 17;

    /** The order in which the lengths of the code for lengths come. */
    private static final int[] ORDER = {17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

    private static final int USUAL_LENGTH = 8;

    private final int[] counts = new int[LONGEST + 1];
    private final int[] symbols;

    private WebpCode(int[] lengths) throws RejectedException {
        int used = 0;
        for (int length : lengths) {
            counts[length]++;
            used += length > 0 ? 1 : 0;
        }
        this.symbols = new int[used];
        int[] next = new int[LONGEST + 2];
        for (int length = 1; length <= LONGEST; length++) {
            next[length + 1] = next[length] + counts[length];
        }
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (lengths[symbol] > 0) {
                symbols[next[lengths[symbol]]++] = symbol;
            }
        }
        checkComplete(used);
    }

    /** A code of one symbol takes no bit; every other one has a symbol for whatever bits come. */
    private void checkComplete(int used) throws RejectedException {
        int left = 1;
        for (int length = 1; length <= LONGEST; length++) {
            left = 2 * left - counts[length];
            if (left < 0) {
                throw RejectedException.corrupt("a WebP prefix code has too many codes of " + length + " bits");
            }
        }
        if (used == 0 || used > 1 && left != 0) {
            throw RejectedException.corrupt("a WebP prefix code of " + used + " symbols is not complete");
        }
    }

    static WebpCode read(WebpBits bits, int alphabet) throws RejectedException {
        return new WebpCode(bits.bit() ? simple(bits, alphabet) : normal(bits, alphabet));
    }

    private static int[] simple(WebpBits bits, int alphabet) throws RejectedException {
        int[] lengths = new int[Math.max(alphabet, 1 << Byte.SIZE)]; // symbols that the alphabet lacks do not count
        boolean areTwo = bits.bit();
        int first = bits.read(bits.bit() ? Byte.SIZE : 1);
        lengths[first] = 1;
        if (areTwo) {
            lengths[bits.read(Byte.SIZE)] = 1;
        }
        return Arrays.copyOf(lengths, alphabet);
    }

    private static int[] normal(WebpBits bits, int alphabet) throws RejectedException {
        int[] ofLengths = new int[CODE_LENGTHS];
        int given = 4 + bits.read(4);
        for (int i = 0; i < given; i++) {
            ofLengths[ORDER[i]] = bits.read(3);
        }
        WebpCode code = new WebpCode(ofLengths);
        int codes = bits.bit() ? 2 + bits.read(2 + 2 * bits.read(3)) : alphabet;
        if (codes > alphabet) {
            throw RejectedException.corrupt("a WebP prefix code of " + codes + " lengths for " + alphabet + " symbols");
        }
        int[] lengths = new int[alphabet];
        int previous = USUAL_LENGTH;
        int symbol = 0;
        for (int i = 0; i < codes && symbol < alphabet; i++) {
            int length = code.next(bits);
            if (length < REPEAT_PREVIOUS) {
                lengths[symbol++] = length;
                previous = length == 0 ? previous : length;
            } else {
                int repeated = length == REPEAT_PREVIOUS ? previous : 0;
                int end = symbol + repeats(bits, length);
                if (end > alphabet) {
                    throw RejectedException.corrupt("a WebP prefix code has more lengths than symbols");
                }
                while (symbol < end) {
                    lengths[symbol++] = repeated;
                }
            }
        }
        return lengths;
    }

    private static int repeats(WebpBits bits, int code) throws RejectedException {
        return switch (code) {
            case REPEAT_PREVIOUS -> 3 + bits.read(2);
            case REPEAT_ZERO -> 3 + bits.read(3);
            default -> 11 + bits.read(7);
        };
    }

    int next(WebpBits bits) throws RejectedException {
        if (symbols.length == 1) {
            return symbols[0];
        }
        int code = 0;
        int first = 0;
        int index = 0;
        for (int length = 1; length <= LONGEST; length++) {
            code |= bits.read(1);
            int count = counts[length];
            if (code - first < count) {
                return symbols[index + code - first];
            }
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        throw RejectedException.corrupt("WebP data outside their prefix code");
    }
}
