package dev.graft.decode;

import java.util.Arrays;

/** A position in the bytes of a file; reading past the end rejects the file as truncated. */
final class ByteCursor {
    private final byte[] bytes;
    private int position;

    ByteCursor(byte[] bytes, int position) {
        this.bytes = bytes;
        this.position = position;
    }

    int position() {
        return position;
    }

    void moveTo(int newPosition) {
        position = newPosition;
    }

    int unsignedByte() throws RejectedException {
        require(1);
        return bytes[position++] & 0xFF;
    }

    int bigEndianShort() throws RejectedException {
        return unsignedByte() << 8 | unsignedByte();
    }

    int bigEndianInt() throws RejectedException {
        return bigEndianShort() << 16 | bigEndianShort();
    }

    int littleEndianShort() throws RejectedException {
        return unsignedByte() | unsignedByte() << 8;
    }

    int littleEndianInt() throws RejectedException {
        return littleEndianShort() | littleEndianShort() << 16;
    }

    byte[] take(int count) throws RejectedException {
        require(count);
        byte[] taken = Arrays.copyOfRange(bytes, position, position + count);
        position += count;
        return taken;
    }

    void skip(int count) throws RejectedException {
        require(count);
        position += count;
    }

    boolean startsWith(byte[] expected) {
        return Arrays.equals(
                bytes, position, Math.min(bytes.length, position + expected.length), expected, 0, expected.length);
    }

    private void require(int count) throws RejectedException {
        int missing = count - (bytes.length - position);
        if (missing > 0) {
            throw RejectedException.truncated("the file ends after " + bytes.length + " bytes, " + missing
                    + " short of what is announced at byte " + position);
        }
    }
}
