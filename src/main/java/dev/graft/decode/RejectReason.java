package dev.graft.decode;

import java.util.Locale;

/** Why an image gives no pixels; the names are what the table of rejects holds. */
public enum RejectReason {
    /** The storage says that there is no such file. */
    NOT_FOUND,
    /** The storage failed, again and again, to deliver the bytes. */
    UNREADABLE,
    /** The file has no bytes. */
    EMPTY,
    /** More bytes than {@code decode.max-bytes}. */
    TOO_LARGE,
    /** More pixels than {@code decode.max-pixels}, as the header says. */
    TOO_MANY_PIXELS,
    /** More memory than {@code decode.max-image-memory}, or more work than any picture is worth, as the header says. */
    TOO_EXPENSIVE,
    /** Not read within {@code decode.read-timeout}, or not decoded within {@code decode.timeout}; may pass. */
    TIMED_OUT,
    /** The first bytes are those of none of the formats that are decoded. */
    UNKNOWN_FORMAT,
    /** A known format, in a variant that is not decoded. */
    UNSUPPORTED,
    /** The bytes end before the image does. */
    TRUNCATED,
    /** The bytes contradict the format. */
    CORRUPT;

    /** The name in tables, such as {@code too_large}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
