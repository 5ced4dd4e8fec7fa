package dev.graft.cli;

import dev.graft.spark.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Several command lines, one after another in one JVM and one session: a start of Spark costs more than a small run. */
final class SeveralRuns {
    private static final String THEN = "--then";

    private SeveralRuns() {}

    /** The arguments of {@link #main}. */
    static String[] arguments(List<String[]> commandLines) {
        List<String> all = new ArrayList<>();
        for (String[] each : commandLines) {
            all.addAll(Arrays.asList(each));
            all.add(THEN);
        }
        return all.toArray(String[]::new);
    }

    /** Ends with the exit code of the first that does not end well. */
    public static void main(String[] arguments) {
        int code = 0;
        try (Session all = Session.start("several")) {
            List<String> next = new ArrayList<>();
            for (int i = 0; i < arguments.length && code == 0; i++) {
                if (arguments[i].equals(THEN)) {
                    code = Graft.run(next.toArray(String[]::new));
                    next.clear();
                } else {
                    next.add(arguments[i]);
                }
            }
        }
        System.exit(code);
    }
}
