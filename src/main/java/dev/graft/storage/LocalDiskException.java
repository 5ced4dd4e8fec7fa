package dev.graft.storage;

import java.io.IOException;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;

/** A local disk that took no more, which Hadoop makes an Error of. */
public final class LocalDiskException extends IOException {
    private static final long serialVersionUID = 1;

    public LocalDiskException(Path path, FSError error) {
        super("Cannot write " + path + ": " + reason(error), error);
    }

    private static String reason(FSError error) {
        Throwable cause = error.getCause();
        return String.valueOf(cause == null ? error.getMessage() : cause.getMessage());
    }
}
