package dev.graft.forward;

import org.apache.spark.sql.Row;

/** An image before it goes through the network: pixels of the network's size, or known already, or refused. */
sealed interface PreparedImage permits PreparedImage.Pixels, ImageOutcome.Refused, ImageOutcome.Known {
    /** The image's row in the manifest. */
    Row image();

    /**
     * An image that the network can take.
     *
     * @param values height, width, RGB; 0 to 255; one view after another
     */
    record Pixels(Row image, ImageFile file, float[] values) implements PreparedImage {}
}
