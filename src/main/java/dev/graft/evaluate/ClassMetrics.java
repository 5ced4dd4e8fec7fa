package dev.graft.evaluate;

/**
 * What the predictions are worth for one class against the rest.
 *
 * <p>A class without images has no metrics: all four are {@code NaN}. Precision is 0, as in scikit-learn, when the class
 * has images and none was predicted. AUC is {@code NaN} when every image belongs to this class.
 *
 * @param support images that belong to the class
 * @param precision share of the images predicted as the class that belong to it
 * @param recall share of the images of the class that are predicted as it
 * @param f1 harmonic mean of precision and recall
 * @param auc area under the ROC curve of the class's probability
 */
public record ClassMetrics(String label, long support, double precision, double recall, double f1, double auc) {}
