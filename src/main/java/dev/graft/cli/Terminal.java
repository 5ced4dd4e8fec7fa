package dev.graft.cli;

import java.io.PrintStream;

/** The two streams: results on standard output, everything else on standard error. */
final class Terminal {
    private Terminal() {}

    static void out(String line) {
        System.out.println(line);
    }

    static void err(String line) {
        System.err.println(line);
    }

    static PrintStream errors() {
        return System.err;
    }

    /** Whether a person watches, as submit/graft found out: then there are progress bars, else plain lines. */
    static boolean watched() {
        return "bar".equals(System.getenv("GRAFT_PROGRESS"));
    }
}
