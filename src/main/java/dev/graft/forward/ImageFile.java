package dev.graft.forward;

import dev.graft.decode.ImageBytes;
import dev.graft.storage.Sha256;

/**
 * A file as it was read.
 *
 * @param sha256 digest of its bytes, in hexadecimal
 * @param bytes its size
 * @param modified its modification time, in milliseconds since 1970
 */
public record ImageFile(String sha256, long bytes, long modified) {
    static ImageFile of(ImageBytes read) {
        return new ImageFile(Sha256.hex(read.bytes()), read.bytes().length, read.modified());
    }
}
