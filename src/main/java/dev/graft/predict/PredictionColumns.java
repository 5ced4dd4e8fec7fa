package dev.graft.predict;

/** The columns of a table of predictions; the other columns of the manifest travel along. */
public final class PredictionColumns {
    /** Where the image was read from; string. */
    public static final String URI = "uri";

    /** The true class; string, null where it is not known. */
    public static final String LABEL = "label";

    /** The predicted class; string. */
    public static final String PREDICTION = "prediction";

    /** One probability per class, in the order of the model's labels; array of float. */
    public static final String PROBABILITIES = "probabilities";

    private PredictionColumns() {}
}
