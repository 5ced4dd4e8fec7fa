package dev.graft.cli;

import dev.graft.settings.ShownText;
import dev.graft.settings.UriCredentials;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The two streams: results on standard output, everything else on standard error. Text is shown without what would
 * steer the terminal, and without the user info of uris.
 */
final class Terminal {
    private Terminal() {}

    static void out(String text) {
        System.out.println(shown(text));
    }

    /** A line for programs, as it is. */
    static void json(String line) {
        System.out.println(line);
    }

    static void err(String text) {
        System.err.println(shown(text));
    }

    static String shown(String text) {
        return ShownText.lines(UriCredentials.redacted(text));
    }

    /** Says the last word: what comes after it on standard error is not shown. */
    static void errLast(String line) {
        err(line);
        System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }

    static PrintStream errors() {
        return System.err;
    }

    /** Whether a person watches, as submit/graft found out: then there are progress bars, else plain lines. */
    static boolean watched() {
        return "bar".equals(System.getenv("GRAFT_PROGRESS"));
    }
}
