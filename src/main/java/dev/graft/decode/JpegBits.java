package dev.graft.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bits of the entropy-coded segments of a JPEG file, stuffed bytes removed. It stops before a marker and, as
 * libjpeg does, gives zeros from there; {@link #exhausted()} tells.
 */
final class JpegBits {
    private static final VarHandle BIG_ENDIAN_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** A code and the value after it are at most 16 and 15 bits. */
    private static final int ONE_SYMBOL = 32;

    private final byte[] bytes;
    private int position;
    private int marker;

    /** The next bits, from the highest down; bits below the {@code available} ones may be anything. */
    private long buffer;

    private int available;

    /** How many zeros were given since the last restart that are not in the file. */
    private long padding;

    JpegBits(byte[] bytes, int position) {
        this.bytes = bytes;
        this.position = position;
    }

    int position() {
        return position;
    }

    /** The marker that ended the segment, 0 while there is none. */
    int marker() {
        return marker;
    }

    /** True when bits were read that are not in the file. */
    boolean exhausted() {
        return available < padding;
    }

    /** True when bits were read past the end of the file itself: there is no marker that ended the segment. */
    boolean ranOut() {
        return exhausted() && marker == 0;
    }

    int symbol(HuffmanTable table) {
        require(ONE_SYMBOL);
        int found = table.lookup[(int) (buffer >>> (64 - HuffmanTable.LOOKUP_BITS))];
        if (found != 0) {
            drop(found >> 8);
            return found & 0xFF;
        }
        return longSymbol(table);
    }

    /** The next whole coefficient of {@link HuffmanTable#coefficients}, or 0 when the next bits are none. */
    int coefficient(HuffmanTable table) {
        require(ONE_SYMBOL);
        int found = table.coefficients[(int) (buffer >>> (64 - HuffmanTable.LOOKUP_BITS))];
        drop(found & 0xFF);
        return found;
    }

    /** The signed value of {@code size} bits, 1 to 15, that follows a symbol (ITU T.81, F.2.2.1). */
    int value(int size) {
        int magnitude = bits(size);
        return magnitude < 1 << (size - 1) ? magnitude - (1 << size) + 1 : magnitude;
    }

    /** The next {@code count} bits, 1 to 16. */
    int bits(int count) {
        require(count);
        int bits = (int) (buffer >>> (64 - count));
        drop(count);
        return bits;
    }

    boolean bit() {
        return bits(1) != 0;
    }

    /**
     * Goes on behind the restart marker numbered {@code expected}; a marker missing or out of order is handled the way
     * libjpeg does, so that damaged files give the same pixels.
     */
    void restart(int expected) throws RejectedException {
        boolean wasExhausted = exhausted();
        buffer = 0;
        available = 0;
        if (marker == 0) {
            nextMarker();
        }
        while (marker != 0 && !settlesRestart(expected)) {
            nextMarker();
        }
        padding = marker != 0 && wasExhausted ? 1 : 0;
    }

    private boolean settlesRestart(int expected) {
        if (marker < JpegMarkers.SOF0) {
            return false;
        }
        int ahead = marker - JpegMarkers.RST0 - expected & 7;
        if (!JpegMarkers.isRestart(marker) || ahead == 1 || ahead == 2) {
            return true;
        }
        if (ahead == 6 || ahead == 7) {
            return false;
        }
        marker = 0;
        return true;
    }

    private void nextMarker() throws RejectedException {
        int found = JpegMarkers.nextMarker(bytes, position);
        if (found < 0) {
            throw RejectedException.truncated("the file ends where a restart marker should be");
        }
        marker = bytes[found] & 0xFF;
        position = found + 1;
    }

    private int longSymbol(HuffmanTable table) {
        int found = table.longCode((int) (buffer >>> (64 - HuffmanCode.LONGEST - 1)));
        drop(found >> 16);
        return found & 0xFF;
    }

    private void drop(int count) {
        buffer <<= count;
        available -= count;
    }

    private void require(int count) {
        if (available < count) {
            fill();
        }
    }

    private void fill() {
        if (marker == 0 && position + Long.BYTES <= bytes.length) {
            long next = (long) BIG_ENDIAN_LONG.get(bytes, position);
            if (!hasByteOfOnes(next)) {
                buffer = available == 0 ? next : buffer | next >>> available;
                int taken = (64 - available) >> 3;
                position += taken;
                available += taken << 3;
                return;
            }
        }
        fillByBytes();
    }

    private static boolean hasByteOfOnes(long word) {
        return (~word - 0x0101010101010101L & word & 0x8080808080808080L) != 0;
    }

    private void fillByBytes() {
        buffer = available == 0 ? 0 : buffer & -1L << (64 - available);
        while (available <= 56) {
            int next = nextByte();
            if (next < 0) {
                padding += 64 - available;
                available = 64;
                return;
            }
            buffer |= (long) next << (56 - available);
            available += 8;
        }
    }

    /** The next byte of data, or -1 at a marker and at the end of the file. */
    private int nextByte() {
        if (marker != 0 || position >= bytes.length) {
            return -1;
        }
        int next = bytes[position++] & 0xFF;
        return next == 0xFF ? afterOnes() : next;
    }

    private int afterOnes() {
        while (position < bytes.length) {
            int next = bytes[position++] & 0xFF;
            if (next == 0) {
                return 0xFF;
            }
            if (next != 0xFF) {
                marker = next;
                return -1;
            }
        }
        return -1;
    }
}
