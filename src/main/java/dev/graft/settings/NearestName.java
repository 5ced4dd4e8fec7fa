package dev.graft.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The name that was probably meant: the candidate with the fewest edits, if they are few. */
public final class NearestName {
    private NearestName() {}

    /** The candidate nearest to {@code name}, absent when more than a third of the letters differ. */
    public static Optional<String> of(String name, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> distance(name, candidate) <= tolerance(name))
                .min(Comparator.comparingInt((String candidate) -> distance(name, candidate))
                        .thenComparing(candidate -> edits(name, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static int tolerance(String name) {
        return Math.max(1, name.length() / 3);
    }

    /** The edits from {@code name} to the candidate, which may lack its first sections. */
    private static int distance(String name, String candidate) {
        String given = name.toLowerCase(Locale.ROOT);
        String rest = candidate.toLowerCase(Locale.ROOT);
        int fewest = edits(given, rest);
        while (rest.indexOf('.') >= 0) {
            rest = rest.substring(rest.indexOf('.') + 1);
            fewest = Math.min(fewest, edits(given, rest));
        }
        return fewest;
    }

    /** Levenshtein distance, by rows. */
    private static int edits(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
