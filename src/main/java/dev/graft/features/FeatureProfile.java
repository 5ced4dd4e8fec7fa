package dev.graft.features;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.col;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Where the features of images lie.
 *
 * @param examples how many images
 * @param mean of each feature
 * @param variance of each feature, unbiased
 */
public record FeatureProfile(long examples, double[] mean, double[] variance) {
    /** A feature that never changes has no unit to measure its change in. */
    private static final double SMALLEST_DEVIATION = 1e-9;

    /** Looks at a table with features; it must not be empty. */
    public static FeatureProfile of(Dataset<Row> rows) {
        Row summary = rows.select(array_to_vector(col(FeatureColumns.FEATURES)).as(FeatureColumns.FEATURES))
                .agg(Summarizer.metrics("count", "mean", "variance")
                        .summary(col(FeatureColumns.FEATURES))
                        .as("summary"))
                .first()
                .getStruct(0);
        return new FeatureProfile(
                summary.getLong(0),
                summary.<Vector>getAs(1).toArray(),
                summary.<Vector>getAs(2).toArray());
    }

    /**
     * How far the mean has moved: the mean over the features of Cohen's d, the absolute difference of the means in units
     * of the pooled standard deviation. Features that do not vary do not count.
     *
     * @throws IllegalArgumentException when the other has another number of features
     * @see <a href="https://doi.org/10.4324/9780203771587">Cohen, Statistical Power Analysis for the Behavioral
     *     Sciences, 1988, section 2.2</a>
     */
    public double shiftFrom(FeatureProfile other) {
        if (other.mean.length != mean.length) {
            throw new IllegalArgumentException(
                    "Invalid profile: " + other.mean.length + " features (expected " + mean.length + ")");
        }
        double sum = 0;
        int counted = 0;
        for (int i = 0; i < mean.length; i++) {
            double deviation = Math.sqrt((variance[i] + other.variance[i]) / 2);
            if (deviation > SMALLEST_DEVIATION) {
                sum += Math.abs(mean[i] - other.mean[i]) / deviation;
                counted++;
            }
        }
        return counted == 0 ? 0 : sum / counted;
    }
}
