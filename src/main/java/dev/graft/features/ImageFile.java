package dev.graft.features;

import dev.graft.decode.ImageBytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file as it was read.
 *
 * @param sha256 digest of its bytes, in hexadecimal
 * @param bytes its size
 * @param modified its modification time, in milliseconds since 1970
 */
public record ImageFile(String sha256, long bytes, long modified) {
    static ImageFile of(ImageBytes read) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(read.bytes());
            return new ImageFile(HexFormat.of().formatHex(digest), read.bytes().length, read.modified());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot digest an image: this Java has no SHA-256", e);
        }
    }
}
