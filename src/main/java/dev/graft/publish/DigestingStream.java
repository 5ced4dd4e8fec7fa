package dev.graft.publish;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests and counts what passes; closing it leaves the stream below open. */
final class DigestingStream extends FilterOutputStream {
    private final MessageDigest sha256 = sha256();
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
        return new FileDigest(HexFormat.of().formatHex(sha256.digest()), bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
