package dev.graft.pipeline;

import dev.graft.evaluate.Comparison;
import dev.graft.features.FeatureStore;
import dev.graft.publish.ModelRegistry;
import dev.graft.settings.DataGateException;
import dev.graft.settings.InvalidInputException;
import dev.graft.settings.ShownText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Decides about a version that somebody trained by hand, as they asked, and says what that does. */
final class Promotion {
    private final RunContext run;
    private final Promote promote;
    private final Publishing.Published published;
    private final Candidate candidate;
    private final ModelRegistry registry;

    Promotion(RunContext run, Promote promote, Publishing.Published published) {
        this.run = run;
        this.promote = promote;
        this.published = published;
        this.candidate = published.candidate();
        this.registry = new ModelRegistry(candidate.model(), run.hadoop());
    }

    /**
     * Makes the version the current one, or not; what was kept of its training in case it was interrupted goes.
     *
     * @param test the test images, with their features where a store has them
     * @throws DataGateException when the rule has an objection; the version is kept
     */
    void decide(Dataset<Row> test, Optional<FeatureStore> store) {
        Optional<String> current = registry.current();
        if (promote == Promote.NEVER) {
            published.checkpoints().clear();
            run.log()
                    .note("version " + candidate.version()
                            + " is kept and not current, as --promote never says (graft models promote makes it so)");
        } else if (current.isEmpty()) {
            promote("the first version of this model");
        } else if (promote == Promote.RULE) {
            byRule(current.get(), test, store);
        } else {
            anyway(current.get(), test, store);
        }
    }

    private void byRule(String current, Dataset<Row> test, Optional<FeatureStore> store) {
        List<String> objections = objections(current, test, store);
        if (!objections.isEmpty()) {
            String reason = shown(objections);
            registry.refuse(candidate.version(), reason);
            published.checkpoints().clear();
            throw new DataGateException(candidate.uri() + " is kept and not promoted: " + reason);
        }
        promote("not worse than the current model");
    }

    private List<String> objections(String current, Dataset<Row> test, Optional<FeatureStore> store) {
        try {
            Evaluation evaluation = evaluation(current, test, store);
            tell(evaluation);
            return evaluation.objections();
        } catch (InvalidInputException | DataGateException e) {
            return List.of("it cannot be held against version " + current + ": " + e.getMessage());
        }
    }

    /** What cannot be compared is promoted all the same: the training is done, and that is what was asked for. */
    private void anyway(String current, Dataset<Row> test, Optional<FeatureStore> store) {
        try {
            Evaluation evaluation = evaluation(current, test, store);
            tell(evaluation);
            warn(current, evaluation);
        } catch (Exception e) { // Spark throws checked ones that it does not declare
            run.log()
                    .note("Warning: version " + candidate.version() + " takes the place of " + current
                            + " and cannot be held against it: " + ShownText.line(String.valueOf(e.getMessage())));
        }
        promote("trained by hand with --promote always");
    }

    private void promote(String reason) {
        registry.promote(candidate.version(), reason);
        published.checkpoints().clear();
        run.log().note("version " + candidate.version() + " is current now");
    }

    private void tell(Evaluation evaluation) {
        Comparison comparison = evaluation.comparison();
        if (comparison != null) {
            run.log().note("against version " + evaluation.current() + ": " + comparison.figures());
        }
    }

    private void warn(String current, Evaluation evaluation) {
        Comparison comparison = evaluation.comparison();
        if (comparison == null) {
            run.log()
                    .note("Warning: version " + candidate.version() + " takes the place of " + current
                            + " unseen: there are no test images of classes that both know");
            return;
        }
        double now = comparison.candidate().accuracy();
        double before = comparison.current().accuracy();
        if (now < before || !comparison.objections().isEmpty()) {
            String reasons = comparison.objections().isEmpty() ? "" : "; " + shown(comparison.objections());
            run.log()
                    .note(String.format(
                            Locale.ROOT,
                            "Warning: version %s takes the place of %s with an accuracy of %.4f against %.4f on the same test"
                                    + " images%s (graft models rollback undoes it, --promote rule prevents it)",
                            candidate.version(),
                            current,
                            now,
                            before,
                            reasons));
        }
    }

    private static String shown(List<String> objections) {
        return objections.stream().map(ShownText::line).collect(Collectors.joining("; "));
    }

    private Evaluation evaluation(String current, Dataset<Row> test, Optional<FeatureStore> store) {
        ModelScores scores = new ModelScores(run, store);
        return new AgainstCurrent(run)
                .evaluate(
                        candidate,
                        Optional.of(current),
                        test,
                        (model, images, name, use) -> scores.score(model, images, rows -> held(rows, use)));
    }

    /** The predictions are looked at several times. */
    private static Evaluation held(Dataset<Row> predictions, Function<Dataset<Row>, Evaluation> use) {
        Dataset<Row> held = predictions.persist(StorageLevel.MEMORY_AND_DISK());
        try {
            return use.apply(held);
        } finally {
            held.unpersist();
        }
    }
}
