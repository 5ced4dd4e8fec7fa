package dev.graft.cli;

import dev.graft.pipeline.DealtSplits;
import dev.graft.pipeline.OpenedModel;
import dev.graft.pipeline.RunLog;
import dev.graft.pipeline.Stages;
import dev.graft.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every verb takes. */
final class SettingsOptions {
    @Option(
            names = "--conf",
            paramLabel = "FILE",
            description = "A file of settings (HOCON) that differ from the defaults; may be given several times, the"
                    + " last wins.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "One setting, such as head.epochs=5; wins over --conf. src/main/resources/reference.conf has them all.")
    private List<String> assignments = new ArrayList<>();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli looks at the option, not at the field
    private boolean help;

    private final List<String> fromOptions = new ArrayList<>();
    private final List<String> suggested = new ArrayList<>();

    /** Makes an option of the command line a setting; it wins over the same setting from elsewhere. */
    SettingsOptions with(String key, @Nullable Object value) {
        if (value != null) {
            fromOptions.add(key + "=" + value);
        }
        return this;
    }

    /** Makes an assignment stand for the default; the same setting from elsewhere wins. */
    void suggest(String assignment) {
        suggested.add(assignment);
    }

    /** The stages of a run on a model's images, which deal those that name no split as its training did. */
    Stages stagesFor(OpenedModel opened, RunLog log) {
        DealtSplits.of(opened.bundle().description()).forEach(this::suggest);
        Stages stages = Stages.from(load());
        opened.warnOfOtherSplits(stages, log);
        return stages;
    }

    /** The settings of a verb; says which of those of the command line it has no use for. */
    Settings loadFor(Uses verb) {
        Settings settings = load();
        verb.unused(assignments, settings).forEach(Terminal::err);
        return settings;
    }

    Settings load() {
        List<String> all = new ArrayList<>(assignments);
        all.addAll(fromOptions);
        return Settings.load(suggested, files, all);
    }
}
