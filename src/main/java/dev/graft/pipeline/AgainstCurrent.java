package dev.graft.pipeline;

import static org.apache.spark.sql.functions.col;

import dev.graft.evaluate.Comparison;
import dev.graft.evaluate.Evaluator;
import dev.graft.evaluate.Metrics;
import dev.graft.evaluate.PairedTest;
import dev.graft.manifest.ManifestColumns;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Evaluates a candidate, and beside it the current version of its model: both on the same test images, where their classes
 * differ on those of the classes that both know.
 */
public final class AgainstCurrent {
    /** What the candidate says of the test images. */
    public static final String PREDICTIONS = "predictions";

    private static final String PREDICTIONS_OF_CURRENT = "predictions-current";

    private final RunContext run;

    public AgainstCurrent(RunContext run) {
        this.run = run;
    }

    /** Runs a model over images. */
    public interface Scorer {
        /**
         * Predicts.
         *
         * @param name of the table of predictions, where they are kept
         * @param use what is done with the predictions, which may be gone after it
         */
        Evaluation score(OpenedModel model, Dataset<Row> images, String name, Function<Dataset<Row>, Evaluation> use);
    }

    /**
     * Evaluates both.
     *
     * @param current the version that the candidate would replace; empty where there is none
     * @param test the test images
     */
    public Evaluation evaluate(Candidate candidate, Optional<String> current, Dataset<Row> test, Scorer scorer) {
        if (test.isEmpty()) {
            return new Evaluation(current.orElse(""), null, null);
        }
        OpenedModel opened = open(candidate);
        return scorer.score(opened, test, PREDICTIONS, predictions -> {
            if (predictions.isEmpty()) {
                return new Evaluation(current.orElse(""), null, null);
            }
            Metrics metrics = Evaluator.evaluate(predictions, opened.labels());
            return current.map(version -> new Candidate(candidate.model(), version))
                    .map(before -> beside(before, opened, predictions, metrics, test, scorer))
                    .orElse(new Evaluation("", metrics, null));
        });
    }

    private Evaluation beside(
            Candidate before,
            OpenedModel candidate,
            Dataset<Row> predictions,
            Metrics metrics,
            Dataset<Row> test,
            Scorer scorer) {
        OpenedModel current = open(before);
        Dataset<Row> known = test.where(col(ManifestColumns.LABEL).isInCollection(current.labels()));
        if (known.isEmpty()) {
            return new Evaluation(before.version(), metrics, null);
        }
        return scorer.score(current, known, PREDICTIONS_OF_CURRENT, others -> {
            Comparison comparison = comparison(predictions, candidate.labels(), others, current.labels());
            LeftOut.of(comparison, metrics, others.count()).notes().forEach(run.log()::note);
            return new Evaluation(before.version(), metrics, comparison);
        });
    }

    private Comparison comparison(
            Dataset<Row> predictions, List<String> labels, Dataset<Row> others, List<String> otherLabels) {
        return Comparison.of(
                Evaluator.evaluate(alsoIn(others, predictions), labels),
                Evaluator.evaluate(alsoIn(predictions, others), otherLabels),
                PairedTest.of(predictions, others),
                run.stages().promotion());
    }

    private OpenedModel open(Candidate version) {
        OpenedModel opened =
                OpenedModel.open(run.spark(), version.uri(), run.stages().decode(), run.log());
        opened.warnOfOtherSplits(run.stages(), run.log());
        return opened;
    }

    /** The rows of images that another table has too: each model may fail to read an image. */
    private static Dataset<Row> alsoIn(Dataset<Row> other, Dataset<Row> rows) {
        String theirs = "their_uri";
        return rows.join(
                other.select(col(ManifestColumns.URI).as(theirs)),
                col(ManifestColumns.URI).equalTo(col(theirs)),
                "left_semi");
    }
}
