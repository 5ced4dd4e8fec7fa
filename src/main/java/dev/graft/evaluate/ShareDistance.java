package dev.graft.evaluate;

import java.util.Map;
import java.util.TreeSet;

/** How far apart two distributions over classes are. */
public final class ShareDistance {
    private ShareDistance() {}

    /**
     * The total variation distance: half the sum of the absolute differences of the shares, 0 for the same shares, 1 where
     * no class is in both.
     *
     * @param first counts by class; at least one image
     * @param second the same
     */
    public static double between(Map<String, Long> first, Map<String, Long> second) {
        double ofFirst = total(first);
        double ofSecond = total(second);
        TreeSet<String> classes = new TreeSet<>(first.keySet());
        classes.addAll(second.keySet());
        double sum = 0;
        for (String each : classes) {
            sum += Math.abs(first.getOrDefault(each, 0L) / ofFirst - second.getOrDefault(each, 0L) / ofSecond);
        }
        return sum / 2;
    }

    private static double total(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
