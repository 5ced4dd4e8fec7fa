package dev.graft.pipeline;

import static org.apache.spark.sql.functions.col;

import dev.graft.evaluate.Comparison;
import dev.graft.evaluate.Evaluator;
import dev.graft.evaluate.Metrics;
import dev.graft.evaluate.PairedTest;
import dev.graft.manifest.ManifestColumns;
import dev.graft.manifest.Split;
import dev.graft.publish.ModelRegistry;
import dev.graft.report.Outcome;
import dev.graft.report.RunRecord;
import dev.graft.train.Checkpoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** What a night does with models: trains one, holds it against the current one, and decides between them. */
final class NightlyModels {
    /** The table of what the candidate says of the test images. */
    static final String PREDICTIONS = "predictions";

    private static final String PREDICTIONS_OF_CURRENT = "predictions-current";

    private final RunContext run;
    private final NightlyImages images;
    private final RunDirectory night;
    private final String model;
    private final ModelRegistry registry;
    private final List<Checkpoints> checkpoints = new ArrayList<>();

    NightlyModels(RunContext run, NightlyImages images, RunDirectory night, ModelRegistry registry) {
        this.run = run;
        this.images = images;
        this.night = night;
        this.registry = registry;
        this.model = run.stages().retrain().requiredModel();
    }

    /**
     * A version that was trained.
     *
     * @param model {@code REGISTRY/NAME}
     */
    record Candidate(String model, String version) {
        String uri() {
            return model + "@" + version;
        }
    }

    /**
     * How good the candidate is.
     *
     * @param current the version that it would replace; empty where there is none
     * @param metrics null where there are no test images
     * @param comparison null where there is nothing to compare with
     */
    record Evaluation(
            String current,
            @Nullable Metrics metrics,
            @Nullable Comparison comparison) {}

    /** What was decided, and why. */
    record Verdict(Outcome outcome, List<String> reasons) {}

    /** Trains a head; where the base is trained on after it, the head's model is the run's own affair. */
    Candidate trainHead() {
        String name = run.stages().retrain().fineTune() ? night.uri("head") : model;
        Publishing.Published published =
                new HeadTraining(run).train(images.inputs(), images.store(), Publishing.candidates(run, name));
        checkpoints.add(published.checkpoints());
        return new Candidate(name, published.version());
    }

    Candidate fineTune(Candidate head) {
        OpenedModel opened =
                OpenedModel.open(run.spark(), head.uri(), run.stages().decode(), run.log());
        TrainingInputs inputs = images.inputs();
        Publishing.Published published = new FineTuning(run, opened)
                .tune(
                        inputs.manifest(),
                        inputs.training(),
                        inputs.digest(),
                        inputs.identity(),
                        Publishing.candidates(run, model));
        checkpoints.add(published.checkpoints());
        return new Candidate(model, published.version());
    }

    /** Removes what was kept for the case that a training would be interrupted. */
    void forgetCheckpoints() {
        checkpoints.forEach(Checkpoints::clear);
    }

    /** Both models on the same test images; where their classes differ, on those of the classes that both know. */
    Evaluation evaluate(Candidate candidate) {
        Dataset<Row> test = Split.TEST.of(images.examples());
        Optional<String> current = registry.current();
        if (test.isEmpty()) {
            return new Evaluation(current.orElse(""), null, null);
        }
        ModelScores scores = new ModelScores(run, images.store());
        OpenedModel opened =
                OpenedModel.open(run.spark(), candidate.uri(), run.stages().decode(), run.log());
        Dataset<Row> predictions = scores.score(opened, test, night.uri(PREDICTIONS));
        Metrics metrics = Evaluator.evaluate(predictions, opened.labels());
        if (current.isEmpty()) {
            return new Evaluation("", metrics, null);
        }
        OpenedModel before = OpenedModel.open(
                run.spark(), model + "@" + current.get(), run.stages().decode(), run.log());
        Dataset<Row> known = ofClasses(test, before.labels());
        if (known.isEmpty()) {
            return new Evaluation(current.get(), metrics, null);
        }
        Dataset<Row> others = scores.score(before, known, night.uri(PREDICTIONS_OF_CURRENT));
        Metrics ofBefore = Evaluator.evaluate(alsoIn(predictions, others), before.labels());
        Metrics ofCandidate = Evaluator.evaluate(alsoIn(others, predictions), opened.labels());
        Comparison comparison = Comparison.of(
                ofCandidate,
                ofBefore,
                PairedTest.of(predictions, others),
                run.stages().promotion());
        return new Evaluation(current.get(), metrics, comparison);
    }

    /** The rows of images that another table has too: each model may fail to read an image. */
    private static Dataset<Row> alsoIn(Dataset<Row> other, Dataset<Row> rows) {
        String theirs = "their_uri";
        return rows.join(
                other.select(col(ManifestColumns.URI).as(theirs)),
                col(ManifestColumns.URI).equalTo(col(theirs)),
                "left_semi");
    }

    private static Dataset<Row> ofClasses(Dataset<Row> rows, List<String> labels) {
        return rows.where(col(ManifestColumns.LABEL).isInCollection(labels));
    }

    /** Whether the candidate was held against the model that is current now. */
    boolean isUpToDate(Candidate candidate, Evaluation evaluation) {
        String current = registry.current().orElse("");
        return current.equals(evaluation.current()) || current.equals(candidate.version());
    }

    /** Promotes the candidate, or refuses it. */
    Verdict decide(Candidate candidate, Evaluation evaluation) {
        List<String> objections = new ArrayList<>(objections(evaluation));
        registry.rolledBackFrom(candidate.version())
                .ifPresent(decision -> objections.add("it was current before, and was rolled back (" + decision.reason()
                        + "); if it is wanted all the same, promote it by hand (graft models promote)"));
        if (objections.isEmpty()) {
            String reason = evaluation.current().isEmpty()
                    ? "the first version of this model"
                    : "not worse than the current model";
            registry.promote(candidate.version(), reason);
            return new Verdict(Outcome.PROMOTED, List.of(reason));
        }
        registry.refuse(candidate.version(), String.join("; ", objections));
        return new Verdict(Outcome.CANDIDATE_REFUSED, objections);
    }

    /** The candidate that an earlier run trained on the same, if it is still there. */
    Optional<Candidate> trainedBefore(List<RunRecord> runsOfTheSame) {
        return runsOfTheSame.stream()
                .map(RunRecord::candidate)
                .filter(version -> !version.isEmpty() && registry.has(version))
                .map(version -> new Candidate(model, version))
                .findFirst();
    }

    private static List<String> objections(Evaluation evaluation) {
        if (evaluation.current().isEmpty()) {
            return List.of();
        }
        return evaluation.comparison() == null
                ? List.of("there are no test images to hold the candidate against the current model on")
                : evaluation.comparison().objections();
    }
}
