package dev.graft.decode;

/** The compression of GIF files (GIF89a, appendix F): codes of growing length, in sub-blocks of up to 255 bytes. */
final class LzwDecoder {
    private static final int LARGEST_FIRST_SIZE = 8;
    private static final int LONGEST_CODE = 12;
    private static final int CODES = 1 << LONGEST_CODE;
    private static final int NONE = -1;

    private final ByteCursor cursor;
    private int leftInBlock;
    private int buffer;
    private int available;

    /** What each code stands for: the string of its prefix and one byte more. */
    private final short[] prefixes = new short[CODES];

    private final byte[] lasts = new byte[CODES];
    private final byte[] firsts = new byte[CODES];
    private final int[] lengths = new int[CODES];

    private int firstSize;
    private int size;
    private int next;

    LzwDecoder(ByteCursor cursor) {
        this.cursor = cursor;
    }

    /** Decodes {@code count} bytes. */
    byte[] decode(int count) throws RejectedException {
        begin();
        int clear = 1 << firstSize;
        byte[] decoded = new byte[count];
        int done = 0;
        int previous = NONE;
        while (done < count) {
            int code = code();
            if (code == clear) {
                forget();
                previous = NONE;
            } else if (code == NONE || code == clear + 1) {
                throw RejectedException.truncated("the GIF frame ends after " + done + " of " + count + " pixels");
            } else {
                define(previous, code);
                done = spell(code, decoded, done);
                previous = code;
            }
        }
        return decoded;
    }

    private void begin() throws RejectedException {
        firstSize = cursor.unsignedByte();
        if (firstSize < 1 || firstSize > LARGEST_FIRST_SIZE) {
            throw RejectedException.corrupt("LZW codes of " + firstSize + " bits (1 to 8)");
        }
        for (int i = 0; i < 1 << firstSize; i++) {
            prefixes[i] = NONE;
            lasts[i] = (byte) i;
            firsts[i] = (byte) i;
            lengths[i] = 1;
        }
        forget();
    }

    private void forget() {
        size = firstSize + 1;
        next = (1 << firstSize) + 2;
    }

    /** Defines the next code: the string before, and the first byte of this one, which may be the very code defined. */
    private void define(int previous, int code) throws RejectedException {
        boolean isDefined = previous == NONE ? code < 1 << firstSize : code < next || (code == next && next < CODES);
        if (!isDefined) {
            throw RejectedException.corrupt("the LZW code " + code + " is not yet defined");
        }
        if (previous == NONE || next == CODES) {
            return;
        }
        prefixes[next] = (short) previous;
        firsts[next] = firsts[previous];
        lasts[next] = code == next ? firsts[previous] : firsts[code];
        lengths[next] = lengths[previous] + 1;
        next++;
        if (next == 1 << size && size < LONGEST_CODE) {
            size++;
        }
    }

    /** Writes the string of the code, from its end; gives the place after it. What exceeds the array is dropped. */
    private int spell(int code, byte[] decoded, int from) {
        int end = from + lengths[code];
        int i = code;
        for (int to = end - 1; to >= from; to--) {
            if (to < decoded.length) {
                decoded[to] = lasts[i];
            }
            i = prefixes[i];
        }
        return end;
    }

    /** The next code, or -1 at the end of the sub-blocks. */
    private int code() throws RejectedException {
        while (available < size) {
            if (leftInBlock == 0) {
                leftInBlock = cursor.unsignedByte();
            }
            if (leftInBlock == 0) {
                return NONE;
            }
            buffer |= cursor.unsignedByte() << available;
            available += Byte.SIZE;
            leftInBlock--;
        }
        int code = buffer & (1 << size) - 1;
        buffer >>>= size;
        available -= size;
        return code;
    }
}
