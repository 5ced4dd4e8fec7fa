package dev.graft.doctor;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A directory that a JVM writes to.
 *
 * @param freeBytes what its disk has left; 0 if that is not known
 * @param problem why it cannot be written to; empty if it can
 */
record DirectoryFacts(String path, long freeBytes, String problem) implements Serializable {
    private static final long serialVersionUID = 1;

    /** Writes a file into a directory and deletes it. */
    static DirectoryFacts of(Path directory) {
        try {
            Files.delete(Files.createTempFile(directory, ".graft-doctor-", ""));
            return new DirectoryFacts(
                    directory.toString(), Files.getFileStore(directory).getUsableSpace(), "");
        } catch (IOException e) {
            return new DirectoryFacts(directory.toString(), 0, e.toString());
        }
    }

    boolean isWritable() {
        return problem.isEmpty();
    }
}
