package dev.graft.predict;

import java.io.IOException;

/** A file has what it should not have, or lacks what it should have; the message says what. */
final class DamagedException extends IOException {
    private static final long serialVersionUID = 1;

    DamagedException(String message) {
        super(message);
    }

    DamagedException(String message, Throwable cause) {
        super(message, cause);
    }
}
