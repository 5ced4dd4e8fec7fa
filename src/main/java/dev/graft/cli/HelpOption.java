package dev.graft.cli;

import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The option of a verb that reads no settings, and of all its actions. */
final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this text.")
    @SuppressWarnings("UnusedVariable") // picocli looks at the option, not at the field
    private boolean help;
}
