package dev.graft.averaging;

/** A training whose loss has left the range of any that still learns. */
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DivergedException(String message) {
        super(message);
    }
}
