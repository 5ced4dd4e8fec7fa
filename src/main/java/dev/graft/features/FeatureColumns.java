package dev.graft.features;

import dev.graft.forward.DecodedImages;

/** Columns of a feature store, beside those of the manifest. */
public final class FeatureColumns {
    /** Text: the image's uri, as in the manifest. */
    public static final String URI = "uri";
    /** Text: SHA-256 of the image's bytes, in hexadecimal. */
    public static final String CONTENT_SHA256 = DecodedImages.CONTENT_SHA256;
    /** Number: 0 for the image as it is, 1 and up for augmented views. */
    public static final String VIEW = "view";
    /** Array of floats: the activations at the cut after global average pooling. */
    public static final String FEATURES = "features";
    /** Number: size of the image's file when it was read. */
    public static final String BYTES = "file_bytes";
    /** Number: modification time of the image's file when it was read, in milliseconds since 1970. */
    public static final String MODIFIED = "file_modified";

    /** Text: the run that computed the row. */
    public static final String RUN = "run";

    private FeatureColumns() {}
}
