package dev.graft.storage;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Digests and counts what passes; closing it leaves the stream below open. */
final class DigestingStream extends FilterOutputStream {
    private final MessageDigest sha256 = Sha256.start();
    private long bytes;

    DigestingStream() {
        this(OutputStream.nullOutputStream());
    }

    DigestingStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int value) throws IOException {
        out.write(value);
        sha256.update((byte) value);
        bytes++;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        out.write(buffer, offset, length);
        sha256.update(buffer, offset, length);
        bytes += length;
    }

    @Override
    public void close() throws IOException {
        flush();
    }

    /** Of all bytes so far; call it once, at the end. */
    FileDigest digest() {
        return new FileDigest(Sha256.hex(sha256), bytes);
    }
}
