package dev.graft.cli;

import dev.graft.pipeline.RetrainSettings;
import dev.graft.report.Night;
import dev.graft.report.RunFigures;
import java.time.Instant;
import java.util.Optional;
import org.apache.hadoop.util.ShutdownHookManager;

/** The figures of a nightly run: those of one that failed, unless it has come to its end when it, or the JVM, is over. */
final class NightFigures implements AutoCloseable {
    private static final int SHUTDOWN_PRIORITY = 1;

    private final Optional<FigureFile> file;
    private final String model;
    private final Runnable atShutdown = this::close;
    private boolean settled;

    NightFigures(RetrainSettings settings) {
        this.file = settings.prometheusFile().map(FigureFile::new);
        this.model = settings.model().orElse("");
        ShutdownHookManager.get().addShutdownHook(atShutdown, SHUTDOWN_PRIORITY);
    }

    /** Those of a night that has come to its end. */
    synchronized void ended(Night night) {
        if (night instanceof Night.NothingNew nothing) {
            settle(RunFigures.nothingNew(nothing, Instant.now()));
        } else {
            settle(RunFigures.ended(night.run(), Instant.now()));
        }
    }

    /** Leaves them to the run that is at work. */
    synchronized void leave() {
        settled = true;
    }

    private void settle(String figures) {
        if (!settled) {
            settled = true;
            file.ifPresent(each -> each.write(figures));
        }
    }

    @Override
    public synchronized void close() {
        settle(RunFigures.failed(model, Instant.now()));
        if (!ShutdownHookManager.get().isShutdownInProgress()) {
            ShutdownHookManager.get().removeShutdownHook(atShutdown);
        }
    }
}
