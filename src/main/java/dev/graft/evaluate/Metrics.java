package dev.graft.evaluate;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How good a table of predictions is.
 *
 * <p>A metric that is not defined for the images at hand is {@code NaN} here, {@code null} in JSON and {@code -} in the
 * table.
 *
 * @param images labelled images, the ones evaluated
 * @param unlabelled images without a label, not evaluated
 * @param loss mean cross-entropy, natural logarithm, probabilities clipped to [1e-7, 1 - 1e-7] as in Keras
 * @param auc area under the ROC curve: of the second class when there are two, else the mean over the classes against
 *     the rest
 * @param macroPrecision mean over the classes that have images, as are recall and F1
 * @param classes one entry for each class, in the order of the model's labels
 * @param confusion counts of images; rows are true classes, columns predicted ones, both in the order of the labels
 */
public record Metrics(
        long images,
        long unlabelled,
        double accuracy,
        double loss,
        double auc,
        double macroPrecision,
        double macroRecall,
        double macroF1,
        List<ClassMetrics> classes,
        List<List<Long>> confusion) {

    public Metrics {
        classes = List.copyOf(classes);
        confusion = List.copyOf(confusion);
    }

    static Metrics of(Tally tally, List<String> labels, double[] areas) {
        ConfusionMatrix confusion = tally.confusion();
        List<ClassMetrics> classes = IntStream.range(0, labels.size())
                .mapToObj(i -> classMetrics(confusion, i, labels.get(i), areas[i]))
                .toList();
        double images = confusion.total();
        return new Metrics(
                confusion.total(),
                tally.unlabelled(),
                confusion.correct() / images,
                tally.loss() / images,
                areas.length == 2 ? areas[1] : mean(classes, ClassMetrics::auc),
                mean(classes, ClassMetrics::precision),
                mean(classes, ClassMetrics::recall),
                mean(classes, ClassMetrics::f1),
                classes,
                confusion.rows());
    }

    private static ClassMetrics classMetrics(ConfusionMatrix confusion, int index, String label, double area) {
        return new ClassMetrics(
                label,
                confusion.support(index),
                confusion.precision(index),
                confusion.recall(index),
                confusion.f1(index),
                area);
    }

    private static double mean(List<ClassMetrics> classes, ToDoubleFunction<ClassMetrics> metric) {
        return classes.stream()
                .mapToDouble(metric)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }

    /** The model's classes, in the order of the confusion matrix. */
    public List<String> labels() {
        return classes.stream().map(ClassMetrics::label).toList();
    }

    /** One JSON object on one line, its keys always in the same order. */
    public String toJson() {
        return MetricsJson.write(this);
    }

    /** A report in plain text with aligned columns, for people. */
    public String table() {
        return MetricsTable.write(this);
    }
}
