package dev.graft.manifest;

/**
 * The columns of a manifest.
 *
 * <p>A uri is the text of a Hadoop {@code Path}, not percent-encoded: {@code new Path(uri)} opens it whatever
 * characters the file name holds.
 */
public final class ManifestColumns {
    /** Text, never null, unique: absolute once read. */
    public static final String URI = "uri";

    /** Text, null where an image has no label. */
    public static final String LABEL = "label";

    /** Text, never null once read: a {@link Split#columnValue}. */
    public static final String SPLIT = "split";

    private ManifestColumns() {}
}
