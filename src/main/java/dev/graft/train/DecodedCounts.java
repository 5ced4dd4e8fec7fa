package dev.graft.train;

import dev.graft.features.Accounting;
import dev.graft.features.Rejection;
import dev.graft.manifest.ImageCounts;
import java.util.List;

/**
 * What became of the images that were decoded for a training.
 *
 * @param accounting of all of them; those that were decoded count as written
 * @param images those that were decoded, by class
 * @param rejections why others were not
 */
public record DecodedCounts(Accounting accounting, ImageCounts images, List<Rejection> rejections) {
    public DecodedCounts {
        rejections = List.copyOf(rejections);
    }
}
