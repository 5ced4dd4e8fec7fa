package dev.graft.cli;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SignalUtils;

/** What Ctrl-C, and whoever asks the process to end, get: one line, and exit code 130. */
final class Interruption {
    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");
    private static volatile String signal = "";

    private Interruption() {}

    static void watch() {
        SIGNALS.forEach(each -> SignalUtils.register(each, () -> end(each)));
    }

    /** Whether the process is on its way to end; what fails from then on fails for that. */
    static boolean hasBegun() {
        return !signal.isEmpty();
    }

    /** The signal that asked for it, such as SIGTERM; empty where none has. */
    static String signal() {
        return signal;
    }

    private static synchronized boolean begin(String name) {
        boolean isFirst = !hasBegun();
        if (isFirst) {
            signal = "SIG" + name;
        }
        return isFirst;
    }

    private static Object end(String name) {
        if (begin(name)) {
            Terminal.errLast("graft: interrupted; what is committed is kept, run the same command again");
            if (SparkSession.getDefaultSession().isDefined()) {
                SparkSession.getDefaultSession().get().sparkContext().setLogLevel("OFF");
            }
            System.exit(ExitCode.INTERRUPTED.code());
        }
        return true;
    }
}
