package dev.graft.evaluate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * The area under the ROC curve of every class against the rest, exact, in one Spark job for all classes.
 *
 * <p>It is the Mann-Whitney statistic: the share of (positive, negative) pairs in which the positive scores higher, a tie
 * counting one half (Hanley and McNeil, "The meaning and use of the area under a receiver operating characteristic
 * curve", Radiology 143, 1982). MLlib's {@code BinaryClassificationMetrics} gives the same number but needs several jobs
 * for each class.
 */
final class AreaUnderRoc {
    private static final String CLASS = "class";
    private static final String SCORE = "score";
    private static final String POSITIVES = "positives";
    private static final String NEGATIVES = "negatives";
    private static final String NEGATIVES_BELOW = "negatives_below";

    private AreaUnderRoc() {}

    /**
     * One area per class; {@code NaN} where a class has no positives or no negatives.
     *
     * @param scored rows of {@link ScoredColumns#ACTUAL} and the class probabilities
     */
    static double[] oneVersusRest(Dataset<Row> scored, String probabilities, int classes) {
        double[] areas = new double[classes];
        Arrays.fill(areas, Double.NaN);
        for (Row row : pairsByClass(countsByScore(scored, probabilities)).collectAsList()) {
            double pairs = row.getDouble(2) * row.getDouble(3);
            if (pairs > 0) {
                areas[row.getInt(0)] = row.getDouble(1) / pairs;
            }
        }
        return areas;
    }

    private static Dataset<Row> countsByScore(Dataset<Row> scored, String probabilities) {
        Column positive = col(ScoredColumns.ACTUAL).equalTo(col(CLASS));
        return scored.select(
                        col(ScoredColumns.ACTUAL),
                        posexplode(col(probabilities)).as(new String[] {CLASS, SCORE}))
                .groupBy(CLASS, SCORE)
                .agg(
                        sum(when(positive, 1.0).otherwise(0.0)).as(POSITIVES),
                        sum(when(positive, 0.0).otherwise(1.0)).as(NEGATIVES));
    }

    private static Dataset<Row> pairsByClass(Dataset<Row> countsByScore) {
        Column below = sum(NEGATIVES)
                .over(Window.partitionBy(CLASS).orderBy(SCORE).rowsBetween(Window.unboundedPreceding(), -1));
        Column wins =
                col(POSITIVES).multiply(col(NEGATIVES_BELOW).plus(col(NEGATIVES).divide(2)));
        return countsByScore
                .withColumn(NEGATIVES_BELOW, coalesce(below, lit(0.0)))
                .groupBy(CLASS)
                .agg(sum(wins), sum(POSITIVES), sum(NEGATIVES));
    }
}
