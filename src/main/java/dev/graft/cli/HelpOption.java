package dev.graft.cli;

import picocli.CommandLine.Option;

/** The option of verbs that read no settings. */
final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    @SuppressWarnings("UnusedVariable") // picocli looks at the option, not at the field
    private boolean help;
}
