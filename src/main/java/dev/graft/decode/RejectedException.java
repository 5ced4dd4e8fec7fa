package dev.graft.decode;

/** Carries a rejection out of a parser; never leaves the package. No stack trace: a bad image is no error of ours. */
final class RejectedException extends Exception {
    private final transient Rejected rejected;

    RejectedException(RejectReason reason, String detail) {
        super(reason + ": " + detail, null, false, false);
        this.rejected = new Rejected(reason, detail);
    }

    static RejectedException corrupt(String detail) {
        return new RejectedException(RejectReason.CORRUPT, detail);
    }

    static RejectedException truncated(String detail) {
        return new RejectedException(RejectReason.TRUNCATED, detail);
    }

    static RejectedException unsupported(String detail) {
        return new RejectedException(RejectReason.UNSUPPORTED, detail);
    }

    Rejected rejected() {
        return rejected;
    }
}
