package dev.graft.decode;

/** The bits of a lossless WebP picture, each byte's lowest first. */
final class WebpBits {
    private static final byte SIGNATURE = 0x2F;

    /** Width, height, whether there is alpha, and the version. */
    private static final int HEADER_BYTES = 4;

    private final byte[] bytes;
    private final int end;
    private int position;
    private int buffer;
    private int available;

    WebpBits(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    void skipHeader() throws RejectedException {
        if (position + 1 + HEADER_BYTES > end || bytes[position] != SIGNATURE) {
            throw RejectedException.corrupt("a lossless WebP picture that does not begin like one");
        }
        position += 1 + HEADER_BYTES;
    }

    boolean bit() throws RejectedException {
        return read(1) != 0;
    }

    /** The next {@code count} bits, at most 24, the first of them the lowest. */
    int read(int count) throws RejectedException {
        while (available < count) {
            if (position >= end) {
                throw RejectedException.truncated("the WebP picture ends within its codes");
            }
            buffer |= (bytes[position++] & 0xFF) << available;
            available += Byte.SIZE;
        }
        int read = buffer & (1 << count) - 1;
        buffer >>>= count;
        available -= count;
        return read;
    }
}
