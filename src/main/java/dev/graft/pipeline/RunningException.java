package dev.graft.pipeline;

/** Another run is at work on the same model; the message says all that there is to say. */
public final class RunningException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RunningException(String message) {
        super(message);
    }
}
