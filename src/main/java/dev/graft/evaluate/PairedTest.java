package dev.graft.evaluate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.graft.predict.PredictionColumns;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Two models on the same images: McNemar's test, exact. Of the images that one model has right and the other wrong, each
 * is as likely to have either right if the models are equally good.
 *
 * @see <a href="https://doi.org/10.1007/BF02295996">McNemar, Note on the sampling error of the difference between
 *     correlated proportions or percentages, 1947</a>
 * @param images that both models predicted
 * @param onlyFirst images that only the first has right
 * @param onlySecond images that only the second has right
 * @param pValue two-sided: how often equally good models differ at least that much
 */
public record PairedTest(long images, long onlyFirst, long onlySecond, double pValue) {
    private static final String OTHER_URI = "other_uri";
    private static final String OTHER_PREDICTION = "other_prediction";

    /**
     * Compares two tables of predictions, image by image; images without a label, or in one table alone, do not count.
     *
     * @param first a table with uri, label and prediction
     * @param second the same of another model
     */
    public static PairedTest of(Dataset<Row> first, Dataset<Row> second) {
        Dataset<Row> others = second.select(
                col(PredictionColumns.URI).as(OTHER_URI),
                col(PredictionColumns.PREDICTION).as(OTHER_PREDICTION));
        Column firstRight = right(PredictionColumns.PREDICTION);
        Column secondRight = right(OTHER_PREDICTION);
        Row counts = first.where(col(PredictionColumns.LABEL).isNotNull())
                .join(others, col(PredictionColumns.URI).equalTo(col(OTHER_URI)))
                .agg(
                        count(lit(1)),
                        count(when(firstRight.and(secondRight.equalTo(false)), 1)),
                        count(when(secondRight.and(firstRight.equalTo(false)), 1)))
                .head();
        return of(counts.getLong(0), counts.getLong(1), counts.getLong(2));
    }

    private static Column right(String prediction) {
        return coalesce(col(PredictionColumns.LABEL).equalTo(col(prediction)), lit(false));
    }

    static PairedTest of(long images, long onlyFirst, long onlySecond) {
        int differing = Math.toIntExact(onlyFirst + onlySecond);
        int fewer = Math.toIntExact(Math.min(onlyFirst, onlySecond));
        double oneSided = new BinomialDistribution(null, differing, 0.5).cumulativeProbability(fewer);
        return new PairedTest(images, onlyFirst, onlySecond, Math.min(1, 2 * oneSided));
    }
}
