package dev.graft.storage;

import java.io.IOException;
import java.io.InputStream;

/**
 * Identifies the content of a file.
 *
 * @param sha256 lower-case hexadecimal
 */
public record FileDigest(String sha256, long bytes) {
    public static FileDigest of(InputStream in) throws IOException {
        DigestingStream digest = new DigestingStream();
        in.transferTo(digest);
        return digest.digest();
    }
}
