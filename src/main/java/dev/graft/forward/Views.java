package dev.graft.forward;

import dev.graft.augment.AugmentSettings;
import dev.graft.settings.InvalidInputException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The views of each image that go through a network: the first is the image as it is, the others are augmented.
 *
 * @param count of views, at least one
 * @param augment how the others are drawn; null where there is only the first
 */
public record Views(int count, @Nullable AugmentSettings augment) implements Serializable {
    /** Images as they are. */
    public static final Views PLAIN = new Views(1, null);

    public Views {
        if (count > 1 && (augment == null || augment.isEmpty())) {
            throw new InvalidInputException(
                    "Invalid extract.views: " + count + " (views beyond the first are augmented,"
                            + " and no setting of augment says how; set augment.flip or another)");
        }
    }

    public static Views of(int count, AugmentSettings augment) {
        return count == 1 ? PLAIN : new Views(count, augment);
    }

    /** How the others are drawn, as assignments whose form never changes; empty where there are none. */
    public String description() {
        return augment == null ? "" : String.join(" ", augment.assignments());
    }
}
