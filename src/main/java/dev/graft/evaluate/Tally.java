package dev.graft.evaluate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.graft.predict.PredictionColumns;
import java.math.BigDecimal;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * What one pass over the predictions counts.
 *
 * @param unlabelled images without a label
 * @param unknown images with a label the model does not know
 * @param unusable labelled images whose prediction is no class of the model or whose probabilities are not one per class
 * @param loss sum of the cross-entropies, natural logarithm
 */
record Tally(ConfusionMatrix confusion, long unlabelled, long unknown, long unusable, double loss) {
    /** Keras clips probabilities to [epsilon, 1 - epsilon] before the logarithm: {@code keras.config.epsilon()}. */
    private static final double EPSILON = 1e-7;

    /** A cross-entropy is below 17. Sums of decimals, unlike those of doubles, are the same in whatever order they come. */
    private static final DataType EXACT = DataTypes.createDecimalType(20, 18);

    /** Counts the rows of {@link ScoredColumns}; at most (classes + 2)^2 counts reach the driver. */
    static Tally of(Dataset<Row> scored, int classes) {
        ConfusionMatrix confusion = new ConfusionMatrix(classes);
        long unlabelled = 0;
        long unknown = 0;
        long unusable = 0;
        BigDecimal loss = BigDecimal.ZERO;
        for (Row row : counts(scored).collectAsList()) {
            long images = row.getLong(3);
            if (row.isNullAt(0)) {
                unlabelled += images;
            } else if (row.getInt(0) < 0) {
                unknown += images;
            } else if (!row.getBoolean(2) || row.getInt(1) < 0) {
                unusable += images;
            } else {
                confusion.add(row.getInt(0), row.getInt(1), images);
                loss = loss.add(row.getDecimal(4));
            }
        }
        return new Tally(confusion, unlabelled, unknown, unusable, loss.doubleValue());
    }

    private static Dataset<Row> counts(Dataset<Row> scored) {
        return scored.groupBy(ScoredColumns.ACTUAL, ScoredColumns.PREDICTED, ScoredColumns.USABLE)
                .agg(
                        count(lit(1)).as("images"),
                        sum(when(col(ScoredColumns.USABLE), crossEntropy().cast(EXACT)))
                                .as("loss"));
    }

    /** {@code keras.ops.categorical_crossentropy} of a one-hot label; the probabilities sum to one already. */
    private static Column crossEntropy() {
        Column probability = get(col(PredictionColumns.PROBABILITIES), col(ScoredColumns.ACTUAL))
                .cast("double");
        return log(greatest(least(probability, lit(1 - EPSILON)), lit(EPSILON))).unary_$minus();
    }
}
