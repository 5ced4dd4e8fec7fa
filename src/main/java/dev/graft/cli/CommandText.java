package dev.graft.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/** The command line of a run as text that may be kept: without what stands before the @ of a URI. */
final class CommandText {
    private static final Pattern USER_INFO = Pattern.compile("://[^/@\\s]*@");

    private CommandText() {}

    static String of(CommandSpec spec) {
        String arguments =
                String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
        return USER_INFO.matcher("graft " + arguments).replaceAll("://***@");
    }
}
