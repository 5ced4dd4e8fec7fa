package dev.graft.evaluate;

import dev.graft.settings.Section;
import dev.graft.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a candidate may take the place of the current model, both evaluated on the same images.
 *
 * @param maxAccuracyDrop how much lower the candidate's accuracy may be, 0 to 1
 * @param maxRecallDrop how much lower its recall may be in any class, 0 to 1
 */
public record PromotionRule(double maxAccuracyDrop, double maxRecallDrop) {
    /** Differences of counts over counts are not exact. */
    private static final double ROUNDING = 1e-12;

    public static PromotionRule from(Settings settings) {
        Section promote = settings.section("promote");
        return new PromotionRule(promote.number("max-accuracy-drop", 0, 1), promote.number("max-recall-drop", 0, 1));
    }

    /** Why a candidate may not be promoted; empty when it may. */
    public List<String> objections(Metrics candidate, Metrics current) {
        List<String> objections = new ArrayList<>();
        double drop = current.accuracy() - candidate.accuracy();
        if (drop > maxAccuracyDrop + ROUNDING) {
            objections.add(
                    objection("accuracy", candidate.accuracy(), current.accuracy(), "accuracy", maxAccuracyDrop));
        }
        for (ClassMetrics before : current.classes()) {
            candidate.classes().stream()
                    .filter(after -> after.label().equals(before.label()))
                    .filter(after -> before.recall() - after.recall() > maxRecallDrop + ROUNDING)
                    .forEach(after -> objections.add(objection(
                            "recall of " + before.label(), after.recall(), before.recall(), "recall", maxRecallDrop)));
        }
        return objections;
    }

    private static String objection(String what, double candidate, double current, String key, double limit) {
        return String.format(
                Locale.ROOT,
                "%s %.4f, %.4f below the current model's %.4f (promote.max-%s-drop = %s)",
                what,
                candidate,
                current - candidate,
                current,
                key,
                limit);
    }
}
