package dev.graft.cli;

import dev.graft.averaging.Epoch;
import dev.graft.averaging.Score;
import dev.graft.pipeline.RunLog;
import dev.graft.spark.Progress;
import java.util.Locale;

/**
 * What a training says as it goes on: for people, or one JSON object for each epoch on standard output and everything
 * else on standard error.
 */
class TrainingLog implements RunLog {
    private final boolean json;
    private boolean warnedOfBundledBase;

    TrainingLog(boolean json) {
        this.json = json;
    }

    /** For the demo, which is about the bundled base. */
    static RunLog ofDemo() {
        return new TrainingLog(false) {
            @Override
            public void bundledBase() {
                // nobody is surprised
            }
        };
    }

    @Override
    public void say(String line) {
        if (json) {
            Terminal.err(line);
        } else {
            Terminal.out(line);
        }
    }

    @Override
    public void note(String line) {
        Terminal.err(line);
    }

    /** Once, however many models of that base a run opens. */
    @Override
    public void bundledBase() {
        if (!warnedOfBundledBase) {
            warnedOfBundledBase = true;
            RunLog.super.bundledBase();
        }
    }

    @Override
    public Progress progress() {
        return new TerminalProgress();
    }

    @Override
    public void epoch(Epoch epoch) {
        if (json) {
            Terminal.json(epoch.toJson());
        }
        Terminal.err(text(epoch));
    }

    private static String text(Epoch epoch) {
        Score training = epoch.training();
        Score validation = epoch.validation();
        String line = String.format(
                Locale.ROOT,
                "epoch %d: loss %.4f, accuracy %.4f, AUC %.4f",
                epoch.number(),
                epoch.loss(),
                training.accuracy(),
                training.auc());
        if (validation.examples() > 0) {
            line += String.format(
                    Locale.ROOT,
                    ", validation loss %.4f, accuracy %.4f, AUC %.4f",
                    validation.loss(),
                    validation.accuracy(),
                    validation.auc());
        }
        return line
                + String.format(
                        Locale.ROOT,
                        "; %.1f s, %d rounds of %,d bytes",
                        epoch.seconds(),
                        epoch.rounds(),
                        epoch.rounds() == 0 ? 0 : epoch.bytes() / epoch.rounds());
    }
}
