package dev.graft.retrain;

import dev.graft.averaging.Checkpoints;
import dev.graft.manifest.Split;
import dev.graft.pipeline.AgainstCurrent;
import dev.graft.pipeline.Candidate;
import dev.graft.pipeline.DecodedManifest;
import dev.graft.pipeline.Evaluation;
import dev.graft.pipeline.FineTuning;
import dev.graft.pipeline.HeadTraining;
import dev.graft.pipeline.ModelScores;
import dev.graft.pipeline.OpenedModel;
import dev.graft.pipeline.Publishing;
import dev.graft.pipeline.RunContext;
import dev.graft.pipeline.TrainingInputs;
import dev.graft.publish.ModelRegistry;
import dev.graft.report.Outcome;
import dev.graft.report.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a night does with models: trains one, holds it against the current one, and decides between them. */
final class NightlyModels {
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

    /** What was decided, and why. */
    record Verdict(Outcome outcome, List<String> reasons) {}

    /** Trains a head; where the base is trained on after it, the head's model is the run's own affair. */
    Candidate trainHead() {
        String name = run.stages().retrain().fineTune() ? night.uri("head") : model;
        Publishing.Published published =
                new HeadTraining(run).train(images.inputs(), images.store(), new Publishing(run, name));
        checkpoints.add(published.checkpoints());
        return published.candidate();
    }

    Candidate fineTune(Candidate head) {
        OpenedModel opened =
                OpenedModel.open(run.spark(), head.uri(), run.stages().decode(), run.log());
        TrainingInputs inputs = images.inputs();
        try (DecodedManifest decoded = DecodedManifest.ofNight(run)) {
            FineTuning.Images all = new FineTuning.Images(
                    inputs.manifest(), inputs.training(), inputs.digest(), inputs.identity(), decoded);
            Publishing.Published published = new FineTuning(run, opened).tune(all, new Publishing(run, model));
            checkpoints.add(published.checkpoints());
            return published.candidate();
        }
    }

    /** Removes what was kept for the case that a training would be interrupted. */
    void forgetCheckpoints() {
        checkpoints.forEach(Checkpoints::clear);
    }

    /** Both models on the same test images; what they say is kept in tables of the run. */
    Evaluation evaluate(Candidate candidate) {
        ModelScores scores = new ModelScores(run, Optional.of(images.store()));
        return new AgainstCurrent(run)
                .evaluate(
                        candidate,
                        registry.current(),
                        Split.TEST.of(images.examples()),
                        (opened, test, name, use) -> use.apply(scores.keep(opened, test, night.uri(name))));
    }

    /** Whether the candidate was held against the model that is current now. */
    boolean isUpToDate(Candidate candidate, Evaluation evaluation) {
        String current = registry.current().orElse("");
        return current.equals(evaluation.current()) || current.equals(candidate.version());
    }

    /** Promotes the candidate, or refuses it. */
    Verdict decide(Candidate candidate, Evaluation evaluation) {
        List<String> objections = new ArrayList<>(evaluation.objections());
        registry.rolledBackFrom(candidate.version())
                .ifPresent(decision -> objections.add("it was current before, and was rolled back (" + decision.reason()
                        + "); if it is wanted all the same, promote it by hand (graft models promote)"));
        if (objections.isEmpty()) {
            String reason = reason(evaluation);
            registry.promote(candidate.version(), reason);
            return new Verdict(Outcome.PROMOTED, List.of(reason));
        }
        registry.refuse(candidate.version(), String.join("; ", objections));
        return new Verdict(Outcome.CANDIDATE_REFUSED, objections);
    }

    private static String reason(Evaluation evaluation) {
        if (!evaluation.current().isEmpty()) {
            return "not worse than the current model";
        }
        return "the first version of this model"
                + (evaluation.metrics() == null ? ", which nobody tested: there are no test images" : "");
    }

    /** The candidate that an earlier run trained on the same, if it is still there. */
    Optional<Candidate> trainedBefore(List<RunRecord> runsOfTheSame) {
        return runsOfTheSame.stream()
                .map(RunRecord::candidate)
                .filter(version -> !version.isEmpty() && registry.has(version))
                .map(version -> new Candidate(model, version))
                .findFirst();
    }
}
