package dev.graft.cli;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SignalUtils;

/** What Ctrl-C, and whoever asks the process to end, get: one line, and exit code 130. */
final class Interruption {
    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");
    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private Interruption() {}

    static void watch() {
        SIGNALS.forEach(signal -> SignalUtils.register(signal, Interruption::end));
    }

    /** Whether the process is on its way to end; what fails from then on fails for that. */
    static boolean hasBegun() {
        return BEGUN.get();
    }

    private static Object end() {
        if (BEGUN.compareAndSet(false, true)) {
            Terminal.errLast("graft: interrupted; what is committed is kept, run the same command again");
            if (SparkSession.getDefaultSession().isDefined()) {
                SparkSession.getDefaultSession().get().sparkContext().setLogLevel("OFF");
            }
            System.exit(ExitCode.INTERRUPTED.code());
        }
        return true;
    }
}
