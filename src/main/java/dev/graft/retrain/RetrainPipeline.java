package dev.graft.retrain;

import dev.graft.manifest.Split;
import dev.graft.pipeline.Candidate;
import dev.graft.pipeline.Evaluation;
import dev.graft.pipeline.OpenedModel;
import dev.graft.pipeline.RetrainSettings;
import dev.graft.pipeline.RunContext;
import dev.graft.pipeline.RunLock;
import dev.graft.pipeline.RunningException;
import dev.graft.publish.ModelReader;
import dev.graft.publish.ModelRegistry;
import dev.graft.report.DataFindings;
import dev.graft.report.Night;
import dev.graft.report.NightRecord;
import dev.graft.report.RunRecord;
import dev.graft.retrain.NightlyModels.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The nightly run: from images to a model that was promoted or refused, and a page that says why. A stage whose outcome is
 * there is skipped, so that a run that was interrupted goes on, and a run with nothing new does no work.
 */
public final class RetrainPipeline {
    private final NightlyNotes notes;
    private final RunContext run;
    private final RetrainSettings settings;
    private final Runs runs;
    private final ModelRegistry registry;

    /** @throws dev.graft.settings.InvalidInputException when the settings do not say what to work on */
    public RetrainPipeline(RunContext outer) {
        this.notes = NightlyNotes.of(outer.log());
        this.run = new RunContext(outer.spark(), outer.stages(), outer.command(), notes);
        this.settings = run.stages().retrain();
        settings.check();
        this.registry = new ModelRegistry(settings.requiredModel(), run.hadoop());
        this.runs = new Runs(settings.requiredModel(), run.hadoop(), notes::note);
    }

    /**
     * Runs the stages in order.
     *
     * @throws RunningException when another run of this model is at work
     */
    public Night run() {
        try (RunLock lock = lock()) {
            runs.discardUnfinished();
            NightlyImages listed = NightlyImages.extract(run, runs);
            List<RunRecord> ended = runs.ended();
            List<RunRecord> ofTheSame = ended.stream()
                    .filter(record -> record.run().endsWith("-" + listed.key()))
                    .toList();
            RunDirectory night = runs.open(listed.key());
            runs.unended(ended, night).forEach(other -> run.log()
                    .note("Note: run " + other
                            + " was begun and has not ended; tonight's images, settings or Graft are others, so it is not gone"
                            + " on with"));
            Optional<RunRecord> stands = ofTheSame.stream().findFirst().filter(record -> stands(record, ended));
            if (stands.isPresent() && !night.exists()) {
                return nothingNew(stands.get(), listed);
            }
            RunStages stages = new RunStages(night, lock, notes);
            NightlyImages images = listed.keptIn(night, run);
            NightlyModels models = new NightlyModels(run, images, night, registry);
            NightlyReport report = new NightlyReport(run, runs, night, stages, images, notes);

            DataFindings data =
                    stages.once("check", DataFindings.class, images.size(), () -> check(images, night, ended));
            if (!data.objections().isEmpty()) {
                return new Night.Ended(report.refused(data, registry.current()));
            }
            Candidate candidate = models.trainedBefore(ofTheSame)
                    .map(before -> taken(before, night))
                    .orElseGet(() -> train(stages, models, images));
            Evaluation evaluation = stages.once(
                    "evaluate",
                    Evaluation.class,
                    data.images().count(Split.TEST),
                    () -> models.evaluate(candidate),
                    before -> models.isUpToDate(candidate, before));
            Verdict verdict = stages.once("decide", Verdict.class, 0, () -> models.decide(candidate, evaluation));
            models.forgetCheckpoints();
            return new Night.Ended(report.decided(data, candidate, evaluation, verdict));
        }
    }

    private Candidate train(RunStages stages, NightlyModels models, NightlyImages images) {
        Candidate head = stages.once("head", Candidate.class, images.size(), models::trainHead);
        return settings.fineTune()
                ? stages.once("fine-tune", Candidate.class, images.size(), () -> models.fineTune(head))
                : head;
    }

    /** A run on images as they were once before: what was trained on them is held against what is current now. */
    private Candidate taken(Candidate before, RunDirectory night) {
        run.log()
                .say("run " + night.name() + " is on what version " + before.version() + " was trained on; it is held"
                        + " against the current version again");
        return before;
    }

    /** Whether an earlier run on the same still says all there is to say. */
    private boolean stands(RunRecord record, List<RunRecord> ended) {
        boolean isLast = ended.get(0).run().equals(record.run());
        return isLast || registry.current().equals(Optional.of(record.candidate()));
    }

    /** Whether the other run is one of the same model, whose figures are not this one's to write. */
    public boolean isTheSameNight(RunningException other) {
        return other.directory().equals(runs.directory());
    }

    private RunLock lock() {
        return run.lock(runs.storage(), runs.directory());
    }

    private Night nothingNew(RunRecord ended, NightlyImages listed) {
        String current = registry.current().orElse("");
        String text = Night.NothingNew.text(ended, current);
        new NightWithoutRun(run.stages(), run.hadoop(), notes)
                .note(NightRecord.Kind.NOTHING_NEW, listed.accounting().images(), text);
        run.log().say(text);
        return new Night.NothingNew(
                ended,
                listed.accounting(),
                Duration.ofMillis(Math.round(listed.seconds() * 1000)),
                current,
                listed.listing(),
                notes.all());
    }

    /** The run whose candidate is current is what the images are held against. */
    private DataFindings check(NightlyImages images, RunDirectory night, List<RunRecord> ended) {
        Optional<String> current = registry.current();
        Optional<DataChecks.Promoted> promoted = current.flatMap(version -> ended.stream()
                .filter(record -> record.candidate().equals(version))
                .findFirst()
                .map(record -> new DataChecks.Promoted(
                        record,
                        runs.of(record),
                        OpenedModel.open(run.spark(), uri(version), run.stages().decode(), run.log()))));
        if (current.isPresent() && promoted.isEmpty()) {
            run.log()
                    .note("Note: none of the latest runs has a record of version " + current.get()
                            + ", which is current: drift, additions, removals and contradicted labels are not checked");
        }
        Optional<List<String>> labels =
                promoted.map(before -> before.model().labels()).or(() -> current.map(this::labels));
        return new DataChecks(run, images, night).find(promoted, labels);
    }

    private List<String> labels(String version) {
        return new ModelReader(run.hadoop()).open(uri(version)).description().labels();
    }

    private String uri(String version) {
        return new Candidate(settings.requiredModel(), version).uri();
    }
}
