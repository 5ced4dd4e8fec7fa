package dev.graft.cli;

import dev.graft.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options that every verb takes. */
@Command(mixinStandardHelpOptions = true)
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
            description = "One setting, such as head.epochs=5; wins over --conf. conf/graft.conf lists them all.")
    private List<String> assignments = new ArrayList<>();

    private final List<String> fromOptions = new ArrayList<>();

    /** Makes an option of the command line a setting; it wins over the same setting from elsewhere. */
    SettingsOptions with(String key, @Nullable Object value) {
        if (value != null) {
            fromOptions.add(key + "=" + value);
        }
        return this;
    }

    Settings load() {
        List<String> all = new ArrayList<>(assignments);
        all.addAll(fromOptions);
        return Settings.load(files, all);
    }
}
