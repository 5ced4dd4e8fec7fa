package dev.graft.retrain;

import dev.graft.evaluate.PromotionRule;
import dev.graft.features.NearDuplicates;
import dev.graft.forward.Accounting;
import dev.graft.manifest.ImageCounts;
import dev.graft.manifest.Split;
import dev.graft.pipeline.CheckSettings;
import dev.graft.report.DataFindings;
import dev.graft.report.DataFindings.Additions;
import dev.graft.report.DataFindings.Ambiguous;
import dev.graft.report.DataFindings.Drift;
import dev.graft.report.DataFindings.SharedContents;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says what of the findings exceeds the limits that the settings set. */
final class DataGate {
    private final CheckSettings limits;
    private final PromotionRule promotion;
    private final double maxRejectedShare;

    DataGate(CheckSettings limits, PromotionRule promotion, double maxRejectedShare) {
        this.limits = limits;
        this.promotion = promotion;
        this.maxRejectedShare = maxRejectedShare;
    }

    /** One sentence for each limit that is exceeded, with its key; none when all is well. */
    List<String> objections(DataFindings data) {
        List<String> objections = new ArrayList<>(lostClasses(data));
        rareClasses(data.images(), objections);
        leaks(data.shared(), data.nearDuplicates(), objections);
        if (data.ambiguous() != null) {
            ambiguous(data.ambiguous(), objections);
        }
        if (data.drift() != null) {
            removed(data.images().total(), data.drift(), objections);
            drifted(data.drift(), objections);
        }
        if (data.additions() != null) {
            contradictions(data.additions(), objections);
        }
        return objections;
    }

    /** What is wrong where a class of the current model is gone. */
    List<String> lostClasses(DataFindings data) {
        return data.classes() == null
                ? List.of()
                : promotion.lostClasses(data.classes().lost());
    }

    private void ambiguous(Ambiguous found, List<String> objections) {
        if (found.images() > limits.maxAmbiguousShare() * found.all()) {
            objections.add(text(
                    "%,d of %,d images have a content that also stands under another label (checks.max-ambiguous-share ="
                            + " %s)",
                    found.images(), found.all(), limits.maxAmbiguousShare()));
        }
    }

    /** What is wrong where too many images cannot be read. */
    List<String> rejected(Accounting accounting) {
        return accounting.rejected() > maxRejectedShare * accounting.images()
                ? List.of(text(
                        "%,d of %,d images cannot be read or decoded (decode.max-rejected-share = %s)",
                        accounting.rejected(), accounting.images(), maxRejectedShare))
                : List.of();
    }

    private void rareClasses(ImageCounts counts, List<String> objections) {
        long training = counts.count(Split.TRAIN);
        for (String label : counts.labels()) {
            double share = (double) counts.count(Split.TRAIN, label) / training;
            if (share < limits.minClassShare()) {
                objections.add(text(
                        "only %,d of %,d training images are of class %s (checks.min-class-share = %s)",
                        counts.count(Split.TRAIN, label), training, label, limits.minClassShare()));
            }
        }
    }

    private void leaks(SharedContents shared, NearDuplicates near, List<String> objections) {
        if (shared.shared() > limits.maxLeakedShare() * shared.testImages()) {
            objections.add(text(
                    "%,d of %,d test images stand among the training images too (checks.max-leaked-share = %s)",
                    shared.shared(), shared.testImages(), limits.maxLeakedShare()));
        }
        if (near.found() > limits.maxNearDuplicateShare() * near.looked()) {
            objections.add(text(
                    "%,d of %,d test images that were looked at have a near duplicate among the training images"
                            + " (checks.max-near-duplicate-share = %s)",
                    near.found(), near.looked(), limits.maxNearDuplicateShare()));
        }
    }

    private void removed(long images, Drift drift, List<String> objections) {
        long removed = drift.images() - images;
        if (removed > limits.maxRemovedShare() * drift.images()) {
            objections.add(text(
                    "%,d images can be decoded, and there were %,d in run %s (checks.max-removed-share = %s)",
                    images, drift.images(), drift.run(), limits.maxRemovedShare()));
        }
    }

    private void drifted(Drift drift, List<String> objections) {
        if (drift.classShares() > limits.maxClassDrift()) {
            objections.add(text(
                    "the shares of the classes have moved by %.3f since run %s, those of %s most (checks.max-class-drift ="
                            + " %s)",
                    drift.classShares(), drift.run(), drift.moved(), limits.maxClassDrift()));
        }
        if (drift.features() > limits.maxFeatureDrift()) {
            objections.add(text(
                    "the features of the training images have moved by %.3f standard deviations since run %s"
                            + " (checks.max-feature-drift = %s)",
                    drift.features(), drift.run(), limits.maxFeatureDrift()));
        }
    }

    private void contradictions(Additions additions, List<String> objections) {
        if (additions.contradicted() >= limits.minContradicted()
                && additions.contradicted() > limits.maxContradictedShare() * additions.judged()) {
            objections.add(text(
                    "the current model contradicts the labels of %,d of %,d images of its classes that were added or"
                            + " relabelled since it was promoted; in all %,d were added and %,d relabelled"
                            + " (checks.max-contradicted-share = %s)",
                    additions.contradicted(),
                    additions.judged(),
                    additions.added(),
                    additions.relabelled(),
                    limits.maxContradictedShare()));
        }
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
