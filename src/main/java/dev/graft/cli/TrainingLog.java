package dev.graft.cli;

import dev.graft.features.Accounting;
import dev.graft.train.DecodedCounts;
import dev.graft.train.Epoch;
import dev.graft.train.Predictions;
import dev.graft.train.Score;
import java.util.Locale;

/**
 * What a training says as it goes on: for people, or one JSON object for each epoch on standard output and everything
 * else on standard error.
 */
final class TrainingLog {
    private final boolean json;

    TrainingLog(boolean json) {
        this.json = json;
    }

    void say(String line) {
        if (json) {
            Terminal.err(line);
        } else {
            Terminal.out(line);
        }
    }

    /** Says what became of the images, and refuses to go on when too many were rejected. */
    void decoded(DecodedCounts counts, double maxRejectedShare) {
        Accounting accounting = counts.accounting();
        say(String.format(
                Locale.ROOT,
                "images %d = decoded %d + rejected %d",
                accounting.images(),
                accounting.written(),
                accounting.rejected()));
        if (accounting.rejected() > 0) {
            Terminal.err("rejected: " + counts.rejects());
        }
        accounting.requireShareOfRejects(maxRejectedShare, "reasons: " + counts.rejects());
    }

    /** Says what became of the images that the model was tested on. */
    void tested(Predictions predictions) {
        say(String.format(
                Locale.ROOT,
                "test images %d = predicted %d + rejected %d",
                predictions.images(),
                predictions.images() - predictions.rejected(),
                predictions.rejected()));
    }

    void epoch(Epoch epoch) {
        if (json) {
            Terminal.out(epoch.toJson());
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
