package dev.graft.pipeline;

import org.apache.hadoop.fs.Path;

/** Another run is at work in the same place; the message says all that there is to say. */
public final class RunningException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Path directory;

    /** @param lock that the other run holds */
    RunningException(String message, Path lock) {
        super(message);
        this.directory = lock.getParent();
    }

    /** Where the other run is at work. */
    public Path directory() {
        return directory;
    }
}
