package dev.graft.evaluate;

import dev.graft.settings.Section;
import dev.graft.settings.Settings;
import dev.graft.settings.ShownText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a candidate may take the place of the current model, both evaluated on the same images.
 *
 * @param maxAccuracyDrop how much lower the candidate's accuracy may be, 0 to 1
 * @param maxRecallDrop how much lower its recall may be in any class, 0 to 1
 * @param allowLostClasses whether the candidate may lack a class that the current model knows
 */
public record PromotionRule(double maxAccuracyDrop, double maxRecallDrop, boolean allowLostClasses) {
    /** Differences of counts over counts are not exact. */
    private static final double ROUNDING = 1e-12;

    public static PromotionRule from(Settings settings) {
        Section promote = settings.section("promote");
        return new PromotionRule(
                promote.number("max-accuracy-drop", 0, 1),
                promote.number("max-recall-drop", 0, 1),
                promote.flag("allow-lost-classes"));
    }

    /** Why a candidate may not be promoted; empty when it may. */
    public List<String> objections(Metrics candidate, Metrics current) {
        List<String> objections = new ArrayList<>(lostClasses(
                ClassChanges.between(current.labels(), candidate.labels()).lost()));
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

    /** Why classes of the current model may not be lost; empty when there are none, or they may. */
    public List<String> lostClasses(List<String> lost) {
        return lost.isEmpty() || allowLostClasses
                ? List.of()
                : List.of((lost.size() == 1 ? "a class" : lost.size() + " classes")
                        + " of the current model would be lost: " + ShownText.names(lost)
                        + " (promote.allow-lost-classes = false)");
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
