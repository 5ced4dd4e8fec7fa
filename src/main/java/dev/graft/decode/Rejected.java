package dev.graft.decode;

import java.util.Objects;

/** An image that gives no pixels: why, and what exactly was found. Bad data is data, not an exception. */
public record Rejected(RejectReason reason, String detail) implements Decoded, ReadImage {
    public Rejected {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(detail, "detail");
    }
}
