package dev.graft.pipeline;

import dev.graft.averaging.EpochLog;
import dev.graft.forward.Accounting;
import dev.graft.forward.Rejection;
import dev.graft.manifest.ListingNote;
import dev.graft.predict.Predictions;
import dev.graft.spark.Progress;
import dev.graft.train.DecodedCounts;
import java.util.List;
import java.util.Locale;

/** Told what a run does as it goes on. */
public interface RunLog extends EpochLog {
    /** A line of the result. */
    void say(String line);

    /** A line beside the result. */
    @Override
    void note(String line);

    /** Warns that the base is the small bundled one. */
    default void bundledBase() {
        note(
                "Warning: xception-mini, the bundled base, was trained on drawn cats and dogs and knows no photographs; it is"
                        + " for trying Graft out (name another with --base and --weights)");
    }

    /** Told what lies beside the images. */
    default void listed(List<ListingNote> listing) {
        listing.forEach(note -> say(note.text()));
    }

    /** Told how far long work has come. */
    Progress progress();

    /** Says what became of the images, and refuses to go on when too many were rejected. */
    default void decoded(DecodedCounts counts, double maxRejectedShare) {
        Accounting accounting = counts.accounting();
        say(String.format(
                Locale.ROOT,
                "images %d = decoded %d + rejected %d",
                accounting.images(),
                accounting.written(),
                accounting.rejected()));
        Rejection.lines(counts.rejections()).forEach(this::note);
        accounting.requireShareOfRejects(maxRejectedShare, "reasons: " + Rejection.counts(counts.rejections()));
    }

    /** Says what became of the images that a model was tested on. */
    default void tested(Predictions predictions) {
        say(String.format(
                Locale.ROOT,
                "test images %d = predicted %d + rejected %d",
                predictions.images(),
                predictions.images() - predictions.rejected(),
                predictions.rejected()));
        Rejection.lines(Rejections.of(predictions)).forEach(this::note);
    }
}
