package dev.graft.settings;

/** The call, the settings or the files given are wrong; the message says what, where, and what to do. Exit code 2. */
public final class InvalidInputException extends RuntimeException {
    public InvalidInputException(String message) {
        super(message);
    }

    public InvalidInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
