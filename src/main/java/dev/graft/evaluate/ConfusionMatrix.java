package dev.graft.evaluate;

import java.util.Arrays;
import java.util.List;

/** Counts of images by true class (row) and predicted class (column). */
final class ConfusionMatrix {
    private final long[][] counts;

    ConfusionMatrix(int classes) {
        counts = new long[classes][classes];
    }

    void add(int actual, int predicted, long images) {
        counts[actual][predicted] += images;
    }

    long total() {
        return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
    }

    long correct() {
        long correct = 0;
        for (int i = 0; i < counts.length; i++) {
            correct += counts[i][i];
        }
        return correct;
    }

    long support(int actual) {
        return Arrays.stream(counts[actual]).sum();
    }

    /** {@code NaN} without images of the class; 0, as in scikit-learn, when it has images and none was predicted. */
    double precision(int label) {
        return supported(label, (double) counts[label][label] / Math.max(1, predicted(label)));
    }

    /** {@code NaN} without images of the class. */
    double recall(int label) {
        return supported(label, (double) counts[label][label] / support(label));
    }

    /** {@code NaN} without images of the class. */
    double f1(int label) {
        return supported(label, 2.0 * counts[label][label] / (support(label) + predicted(label)));
    }

    List<List<Long>> rows() {
        return Arrays.stream(counts)
                .map(row -> Arrays.stream(row).boxed().toList())
                .toList();
    }

    private long predicted(int label) {
        return Arrays.stream(counts).mapToLong(row -> row[label]).sum();
    }

    private double supported(int label, double metric) {
        return support(label) == 0 ? Double.NaN : metric;
    }
}
