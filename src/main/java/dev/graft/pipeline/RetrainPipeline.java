package dev.graft.pipeline;

import dev.graft.pipeline.NightlyModels.Candidate;
import dev.graft.pipeline.NightlyModels.Evaluation;
import dev.graft.pipeline.NightlyModels.Verdict;
import dev.graft.publish.ModelRegistry;
import dev.graft.report.DataFindings;
import dev.graft.report.RunRecord;
import java.util.Optional;

/**
 * The nightly run: from images to a model that was promoted or refused, and a page that says why. A stage whose outcome is
 * there is skipped, so that a run that was interrupted goes on, and a run with nothing new does no work.
 */
public final class RetrainPipeline {
    private final RunContext run;
    private final RetrainSettings settings;
    private final Runs runs;
    private final ModelRegistry registry;

    /** @throws dev.graft.settings.InvalidInputException when the settings do not say what to work on */
    public RetrainPipeline(RunContext run) {
        this.run = run;
        this.settings = run.stages().retrain();
        settings.check();
        this.registry = new ModelRegistry(settings.requiredModel(), run.hadoop());
        this.runs = new Runs(settings.requiredModel(), run.hadoop());
    }

    /**
     * Runs the stages in order.
     *
     * @return the record of the run: of the earlier one where nothing is new
     * @throws RunningException when another run of this model is at work
     */
    public RunRecord run() {
        try (RunLock lock = lock()) {
            runs.discardUnfinished();
            NightlyImages listed = NightlyImages.extract(run, runs);
            RunDirectory night = runs.open(listed.key());
            Optional<RunRecord> ended = night.record();
            if (ended.isPresent()) {
                return nothingNew(ended.get());
            }
            RunStages stages = new RunStages(night, lock, run.log());
            NightlyImages images = listed.keptIn(night, run);
            NightlyModels models = new NightlyModels(run, images, night, registry);
            NightlyReport report = new NightlyReport(run, runs, night, stages, images);

            DataFindings data = stages.once("check", DataFindings.class, images.size(), () -> check(images, night));
            if (!data.objections().isEmpty()) {
                return report.refused(data, registry.current());
            }
            Candidate head = stages.once("head", Candidate.class, images.size(), models::trainHead);
            Candidate candidate = settings.fineTune()
                    ? stages.once("fine-tune", Candidate.class, images.size(), () -> models.fineTune(head))
                    : head;
            Evaluation evaluation = stages.once(
                    "evaluate",
                    Evaluation.class,
                    images.tests(),
                    () -> models.evaluate(candidate),
                    before -> models.isUpToDate(candidate, before));
            Verdict verdict = stages.once("decide", Verdict.class, 0, () -> models.decide(candidate, evaluation));
            models.forgetCheckpoints();
            return report.decided(data, candidate, evaluation, verdict);
        }
    }

    /** Whether the other run is one of the same model, whose figures are not this one's to write. */
    public boolean isTheSameNight(RunningException other) {
        return other.directory().equals(runs.directory());
    }

    private RunLock lock() {
        return run.lock(runs.storage(), runs.directory());
    }

    private RunRecord nothingNew(RunRecord ended) {
        run.log()
                .say("nothing new since run " + ended.run() + ": no work; the current version is "
                        + registry.current().orElse("none"));
        return ended;
    }

    /** The run whose candidate is current is what the images are held against. */
    private DataFindings check(NightlyImages images, RunDirectory night) {
        Optional<DataChecks.Promoted> promoted = registry.current().flatMap(current -> runs.ended().stream()
                .filter(record -> record.candidate().equals(current))
                .findFirst()
                .map(record -> new DataChecks.Promoted(
                        record,
                        runs.of(record),
                        OpenedModel.open(
                                run.spark(),
                                settings.requiredModel() + "@" + current,
                                run.stages().decode(),
                                run.log()))));
        return new DataChecks(run, images, night).find(promoted);
    }
}
