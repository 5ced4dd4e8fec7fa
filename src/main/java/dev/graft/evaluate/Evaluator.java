package dev.graft.evaluate;

import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.forall;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;

import dev.graft.predict.PredictionColumns;
import dev.graft.settings.InvalidInputException;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Computes {@link Metrics} from a table of predictions. */
public final class Evaluator {
    private static final int NAMED_IN_MESSAGES = 10;

    private Evaluator() {}

    /**
     * Evaluates the labelled rows in two Spark jobs; the others are counted.
     *
     * @param predictions a table with the columns of {@link PredictionColumns}
     * @param labels the model's classes, in the order of the probabilities
     * @throws InvalidInputException when there is nothing to evaluate, or the table does not fit the labels
     */
    public static Metrics evaluate(Dataset<Row> predictions, List<String> labels) {
        SparkContext spark = predictions.sparkSession().sparkContext();
        Dataset<Row> scored = scored(predictions, labels).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            spark.setJobDescription("Evaluate: count true and predicted classes");
            Tally tally = Tally.of(scored, labels.size());
            check(tally, scored, labels);
            spark.setJobDescription("Evaluate: area under the ROC curve");
            double[] areas = AreaUnderRoc.oneVersusRest(
                    scored.where(col(ScoredColumns.ACTUAL).isNotNull()),
                    PredictionColumns.PROBABILITIES,
                    labels.size());
            return Metrics.of(tally, labels, areas);
        } finally {
            spark.setJobDescription(null);
            scored.unpersist();
        }
    }

    private static Dataset<Row> scored(Dataset<Row> predictions, List<String> labels) {
        Column known = array(labels.stream().map(label -> lit(label)).toArray(Column[]::new));
        Column probabilities = col(PredictionColumns.PROBABILITIES);
        Column usable = size(probabilities)
                .equalTo(labels.size())
                .and(forall(probabilities, number -> number.isNotNull().and(not(isnan(number)))));
        return predictions.select(
                col(PredictionColumns.LABEL),
                probabilities,
                indexIn(known, PredictionColumns.LABEL).as(ScoredColumns.ACTUAL),
                coalesce(indexIn(known, PredictionColumns.PREDICTION), lit(-1)).as(ScoredColumns.PREDICTED),
                coalesce(usable, lit(false)).as(ScoredColumns.USABLE));
    }

    private static Column indexIn(Column known, String column) {
        return array_position(known, col(column)).minus(1).cast("int");
    }

    private static void check(Tally tally, Dataset<Row> scored, List<String> labels) {
        if (tally.unknown() > 0) {
            throw new InvalidInputException(String.format(
                    "Cannot evaluate predictions: the model does not know the label %s; it knows %s"
                            + " (correct the manifest, or train a model with these classes)",
                    unknownLabels(scored), listed(labels)));
        }
        if (tally.unusable() > 0) {
            throw new InvalidInputException(String.format(
                    "Cannot evaluate predictions: %s not a known class with %d probabilities (the model knows %s)",
                    tally.unusable() == 1 ? "1 row has" : tally.unusable() + " rows have",
                    labels.size(),
                    listed(labels)));
        }
        if (tally.confusion().total() == 0) {
            throw new InvalidInputException("Cannot evaluate predictions: "
                    + (tally.unlabelled() == 0
                            ? "there are no images"
                            : String.format(
                                    "none of the %s has a label (column %s)",
                                    images(tally.unlabelled()), PredictionColumns.LABEL)));
        }
    }

    /** The most frequent ones with their counts: a column of garbage must not reach the driver. */
    private static String unknownLabels(Dataset<Row> scored) {
        List<Row> mostFrequent = scored.where(col(ScoredColumns.ACTUAL).lt(0))
                .groupBy(PredictionColumns.LABEL)
                .agg(count(lit(1)).as("images"))
                .orderBy(desc("images"), col(PredictionColumns.LABEL))
                .limit(NAMED_IN_MESSAGES + 1)
                .collectAsList();
        return listed(mostFrequent.stream()
                .map(row -> row.getString(0) + " (" + images(row.getLong(1)) + ")")
                .toList());
    }

    private static String images(long count) {
        return count == 1 ? "1 image" : count + " images";
    }

    private static String listed(List<String> names) {
        String listed = names.stream().limit(NAMED_IN_MESSAGES).collect(joining(", "));
        return names.size() > NAMED_IN_MESSAGES ? listed + ", …" : listed;
    }
}
