package dev.graft.forward;

/** Columns of the table of rejected images. */
public final class RejectColumns {
    /** Text: the image's uri, as in the manifest. */
    public static final String URI = "uri";
    /** Text: the stage that rejected it, {@code read} or {@code decode}. */
    public static final String STAGE = "stage";
    /** Text: a {@link dev.graft.decode.RejectReason} in lower case. */
    public static final String REASON = "reason";
    /** Text: what exactly was wrong. */
    public static final String DETAIL = "detail";
    /** Number: size of the file; null where it could not be read. */
    public static final String BYTES = "bytes";
    /** Text: SHA-256 of the file; null where it could not be read. */
    public static final String CONTENT_SHA256 = "content_sha256";
    /** Text: the run that rejected it. */
    public static final String RUN = "run";

    private RejectColumns() {}
}
