package dev.graft.cli;

import dev.graft.settings.UriCredentials;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** The command line of a run as text that may be kept: without the user info of its URIs. */
final class CommandText {
    private CommandText() {}

    static String of(CommandSpec spec) {
        return spec.root().commandLine().getParseResult().originalArgs().stream()
                .map(UriCredentials::redactedUri)
                .collect(Collectors.joining(" ", "graft ", ""));
    }
}
