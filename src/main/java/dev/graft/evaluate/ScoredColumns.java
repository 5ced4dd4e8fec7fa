package dev.graft.evaluate;

/** The columns the evaluator derives from a table of predictions. */
final class ScoredColumns {
    /** Index of the true class; null without a label, -1 when the model does not know the label. */
    static final String ACTUAL = "actual";

    /** Index of the predicted class; -1 when the model does not know it. */
    static final String PREDICTED = "predicted";

    /** Whether there is one number for each class. */
    static final String USABLE = "usable";

    private ScoredColumns() {}
}
