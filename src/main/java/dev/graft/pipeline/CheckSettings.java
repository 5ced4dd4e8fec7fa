package dev.graft.pipeline;

import dev.graft.settings.Section;
import dev.graft.settings.Settings;

/**
 * What training data must be like; what exceeds a limit refuses the run before anything is trained.
 *
 * @param minClassShare the smallest share of the training images that a class may have
 * @param nearDuplicateSimilarity cosine of the angle between features from which two images are near duplicates
 * @param nearDuplicateImages test images, at most, that are held against all training images
 * @param maxLeakedShare largest share of the test images whose content also stands in training
 * @param maxAmbiguousShare largest share of the images whose content also stands under another label
 * @param maxNearDuplicateShare largest share of the test images looked at that have a near duplicate in training
 * @param maxRemovedShare largest share by which the number of images may have fallen since the last promoted run
 * @param maxClassDrift largest change of the classes' shares since the last promoted run
 * @param maxFeatureDrift largest move of the features' mean since then, in standard deviations
 * @param contradictionProbability that the current model gives to another class than the label's to contradict it
 * @param minContradicted how many contradicted labels it takes, at least, to refuse a run
 * @param maxContradictedShare largest share of the added and relabelled images whose labels are contradicted
 */
public record CheckSettings(
        double minClassShare,
        double nearDuplicateSimilarity,
        int nearDuplicateImages,
        double maxLeakedShare,
        double maxAmbiguousShare,
        double maxNearDuplicateShare,
        double maxRemovedShare,
        double maxClassDrift,
        double maxFeatureDrift,
        double contradictionProbability,
        long minContradicted,
        double maxContradictedShare) {
    private static final int MOST_IMAGES = 10_000;
    private static final double LEAST_SIMILARITY = 0.5;

    public static CheckSettings from(Settings settings) {
        Section checks = settings.section("checks");
        return new CheckSettings(
                checks.number("min-class-share", 0, 1),
                checks.number("near-duplicate-similarity", LEAST_SIMILARITY, 1),
                checks.count("near-duplicate-images", 0, MOST_IMAGES),
                checks.number("max-leaked-share", 0, 1),
                checks.number("max-ambiguous-share", 0, 1),
                checks.number("max-near-duplicate-share", 0, 1),
                checks.number("max-removed-share", 0, 1),
                checks.number("max-class-drift", 0, 1),
                checks.number("max-feature-drift", 0, Double.MAX_VALUE),
                checks.number("contradiction-probability", 0, 1),
                checks.wholeNumber("min-contradicted", 1, Long.MAX_VALUE),
                checks.number("max-contradicted-share", 0, 1));
    }
}
