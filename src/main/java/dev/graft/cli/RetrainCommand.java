package dev.graft.cli;

import dev.graft.pipeline.RetrainSettings;
import dev.graft.pipeline.RunContext;
import dev.graft.pipeline.RunningException;
import dev.graft.pipeline.Stages;
import dev.graft.report.Night;
import dev.graft.report.Outcome;
import dev.graft.report.RunRecord;
import dev.graft.retrain.NightlyNotes;
import dev.graft.retrain.RetrainPipeline;
import dev.graft.settings.DataGateException;
import dev.graft.settings.Settings;
import dev.graft.settings.ShownText;
import dev.graft.spark.Session;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "retrain",
        description =
                "The nightly run: features of new images, a head, fine-tuning if asked for, evaluation against the"
                        + " current model, promotion or not, and a page that says why. A run that was interrupted goes on; where"
                        + " nothing is new there is no work.",
        footer = {
            "",
            "What to work on is retrain.* in the settings. Exit codes: 0 promoted, or nothing new since a run that was;",
            "3 refused, by the checks of the data or because the candidate is worse; 4 another run is at work; 1 failed.",
            "Example: submit/graft retrain --conf conf/nightly.conf"
        })
final class RetrainCommand implements Callable<Integer> {
    @Mixin
    private BaseOptions base = new BaseOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SettingsOptions settingsOptions = new SettingsOptions();

    @Override
    public Integer call() {
        Settings settings = base.addTo(settingsOptions).load();
        try (NightFigures figures = new NightFigures(RetrainSettings.from(settings))) {
            Stages stages = Stages.from(settings);
            NightlyNotes notes = new NightlyNotes(new TrainingLog(false));
            NightWatch watch = new NightWatch(stages, notes);
            Night night = watch.over(() -> run(stages, figures, watch, notes));
            figures.ended(night);
            tell(night);
        }
        return ExitCode.DONE.code();
    }

    private Night run(Stages stages, NightFigures figures, NightWatch watch, NightlyNotes notes) {
        try (Session session = Session.start("retrain")) {
            RunContext run = new RunContext(session.spark(), stages, CommandText.of(spec), notes);
            RetrainPipeline pipeline = new RetrainPipeline(run);
            try {
                Night night = pipeline.run();
                watch.ended();
                return night;
            } catch (RunningException other) {
                if (pipeline.isTheSameNight(other)) {
                    figures.leave();
                    watch.leaveIndex();
                }
                throw other;
            }
        }
    }

    /** What is current is said of tonight: that a run promoted a version is no news on a later night. */
    private static void tell(Night night) {
        RunRecord record = night.run();
        switch (record.outcome()) {
            case PROMOTED -> {
                if (night instanceof Night.Ended) {
                    Terminal.out(
                            "run " + record.run() + " promoted " + record.model() + " version " + record.candidate());
                }
            }
            case CANDIDATE_REFUSED, DATA_REFUSED -> {
                String what = record.outcome() == Outcome.DATA_REFUSED
                        ? "Nothing was trained"
                        : record.model() + "@" + record.candidate() + " is kept and not promoted";
                throw new DataGateException(what + ": "
                        + record.reasons().stream().map(ShownText::line).collect(Collectors.joining("; ")));
            }
        }
    }
}
