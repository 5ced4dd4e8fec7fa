package dev.graft.cli;

import dev.graft.base.BaseSettings;
import dev.graft.base.Layout;
import dev.graft.base.Summary;
import dev.graft.base.TrainableRules;
import dev.graft.settings.InvalidInputException;
import dev.graft.settings.Settings;
import dev.graft.train.FineTuneSettings;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "summary",
        description = "Prints the layers of a base with a new head on it, and how many parameters train.",
        footer = {"", "Example: submit/graft summary --base xception --input 150 --outputs 1 --stage fine-tune"})
final class SummaryCommand implements Callable<Integer> {
    /** What trains. */
    private enum Stage {
        HEAD,
        FINE_TUNE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        TrainableRules rules(FineTuneSettings settings, Layout layout) {
            return switch (this) {
                case HEAD -> TrainableRules.allFrozen();
                case FINE_TUNE -> settings.rulesOf(layout);
            };
        }
    }

    @Option(
            names = "--outputs",
            paramLabel = "N",
            defaultValue = "1",
            description = "Logits of the head: 1 for two classes, else one for each; 0 for no head (default 1).")
    private int outputs;

    @Option(
            names = "--stage",
            defaultValue = "head",
            description = "head: the base is frozen; fine-tune: what fine-tune.layers in the settings say"
                    + " trains (default all of it), but never batch norm's statistics.")
    private Stage stage = Stage.HEAD;

    @Mixin
    private BaseOptions base = new BaseOptions();

    @Mixin
    private SettingsOptions settingsOptions = new SettingsOptions();

    @Override
    public Integer call() {
        if (outputs < 0) {
            throw new InvalidInputException("Invalid --outputs: " + outputs + " (0 or more)");
        }
        Settings settings = base.addTo(settingsOptions).load();
        BaseSettings baseSettings = BaseSettings.from(settings);
        FineTuneSettings fineTune = FineTuneSettings.from(settings);
        settings.check();
        Layout layout = baseSettings.layout();
        Terminal.out(Summary.of(layout, outputs, stage.rules(fineTune, layout)).table());
        return ExitCode.DONE.code();
    }
}
