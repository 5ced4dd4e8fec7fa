package dev.graft.train;

import dev.graft.forward.Accounting;
import dev.graft.forward.Rejection;
import dev.graft.manifest.ImageCounts;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What became of the images that were decoded for a training.
 *
 * @param accounting of all of them; those that were decoded count as written
 * @param images those that were decoded, by class
 * @param rejections why others were not
 * @param contents those that were decoded, by their bytes: uri, label, split, content_sha256; read from the images that
 *     the executors hold, so at once
 */
public record DecodedCounts(
        Accounting accounting, ImageCounts images, List<Rejection> rejections, Dataset<Row> contents) {
    public DecodedCounts {
        rejections = List.copyOf(rejections);
    }
}
