package dev.graft.forward;

import dev.graft.decode.Rejected;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** What became of one image on its way through a network. */
public sealed interface ImageOutcome {
    /** The image's row in the manifest. */
    Row image();

    /**
     * The network's output.
     *
     * @param file the file as it was read
     * @param view of the image: 0 for the image as it is
     * @param values the output, flat
     */
    record Computed(Row image, ImageFile file, int view, float[] values) implements ImageOutcome {}

    /**
     * The network's output of an image of the same content is there, or will be soon.
     *
     * @param file the file as it was read
     */
    record Known(Row image, ImageFile file) implements ImageOutcome, PreparedImage {}

    /**
     * There is none.
     *
     * @param file the file as it was read; null when it could not be
     */
    record Refused(Row image, @Nullable ImageFile file, Rejected rejected) implements ImageOutcome, PreparedImage {}
}
