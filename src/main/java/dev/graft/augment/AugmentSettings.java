package dev.graft.augment;

import dev.graft.settings.Interval;
import dev.graft.settings.Section;
import dev.graft.settings.Settings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is drawn at random for each training image, in this order; what is zero is not done.
 *
 * @param flip which ways an image may be mirrored
 * @param rotation share of a full turn, counter-clockwise
 * @param zoomHeight how much more of the height is shown: below 0 zooms in
 * @param zoomWidth the same for the width; null for what is drawn for the height
 * @param translationHeight share of the height by which the image moves down
 * @param translationWidth share of the width by which it moves right
 * @param contrast how much more than the original's the contrast is
 * @param brightness share of the range of values that is added
 * @param fillMode what stands beyond the edges when pixels move
 * @param fillValue for {@link FillMode#CONSTANT}, 0 to 255
 * @param interpolation between pixels when they move
 * @param seed of all draws
 */
public record AugmentSettings(
        Flip flip,
        Interval rotation,
        Interval zoomHeight,
        @Nullable Interval zoomWidth,
        Interval translationHeight,
        Interval translationWidth,
        Interval contrast,
        Interval brightness,
        FillMode fillMode,
        double fillValue,
        Interpolation interpolation,
        long seed)
        implements Serializable {
    private static final double LARGEST_VALUE = 255;
    private static final double FURTHEST_IN = -0.99;
    private static final double FURTHEST = 10;

    public static AugmentSettings from(Settings settings) {
        Section augment = settings.section("augment");
        Interval zoomWidth =
                augment.optionalInterval("zoom.width", FURTHEST_IN, FURTHEST).orElse(null);
        return new AugmentSettings(
                augment.choice("flip", Flip.class),
                augment.interval("rotation", -1, 1),
                augment.interval("zoom.height", FURTHEST_IN, FURTHEST),
                zoomWidth,
                augment.interval("translation.height", -1, 1),
                augment.interval("translation.width", -1, 1),
                augment.interval("contrast", -1, FURTHEST),
                augment.interval("brightness", -1, 1),
                augment.choice("fill-mode", FillMode.class),
                augment.number("fill-value", 0, LARGEST_VALUE),
                augment.choice("interpolation", Interpolation.class),
                augment.wholeNumber("seed", Long.MIN_VALUE, Long.MAX_VALUE));
    }

    /** Whether images stay as they are. */
    public boolean isEmpty() {
        return flip == Flip.NONE && moves().isEmpty() && values().isEmpty();
    }

    /** The same draws from another seed. */
    public AugmentSettings withSeed(long other) {
        return new AugmentSettings(
                flip,
                rotation,
                zoomHeight,
                zoomWidth,
                translationHeight,
                translationWidth,
                contrast,
                brightness,
                fillMode,
                fillValue,
                interpolation,
                other);
    }

    /**
     * What is drawn, as assignments of settings, which make these settings anew. Features are known by them, so that
     * their form never changes; empty when nothing is drawn.
     */
    public List<String> assignments() {
        List<String> all = new ArrayList<>();
        if (isEmpty()) {
            return all;
        }
        all.add("augment.flip=" + optionName(flip));
        all.addAll(moves());
        if (!moves().isEmpty()) {
            all.add("augment.fill-mode=" + optionName(fillMode));
            all.add("augment.fill-value=" + fillValue);
            all.add("augment.interpolation=" + optionName(interpolation));
        }
        all.addAll(values());
        all.add("augment.seed=" + seed);
        return all;
    }

    private static String optionName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private List<String> moves() {
        List<String> moves = new ArrayList<>();
        add(moves, "rotation", rotation);
        add(moves, "zoom.height", zoomHeight);
        if (zoomWidth != null) {
            moves.add(assignment("zoom.width", zoomWidth));
        }
        add(moves, "translation.height", translationHeight);
        add(moves, "translation.width", translationWidth);
        return moves;
    }

    private List<String> values() {
        List<String> values = new ArrayList<>();
        add(values, "contrast", contrast);
        add(values, "brightness", brightness);
        return values;
    }

    private static void add(List<String> assignments, String key, Interval drawn) {
        if (!drawn.isZero()) {
            assignments.add(assignment(key, drawn));
        }
    }

    private static String assignment(String key, Interval drawn) {
        return "augment." + key + "=[" + drawn.lower() + "," + drawn.upper() + "]";
    }

    Sampling sampling() {
        return new Sampling(fillMode, (float) fillValue, interpolation);
    }
}
