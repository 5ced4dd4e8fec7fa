package dev.graft.forward;

import dev.graft.settings.ShownText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Images that were rejected for one reason.
 *
 * @param reason a {@link dev.graft.decode.RejectReason} in lower case
 * @param uri of one of them
 * @param detail what exactly is wrong with that one
 */
public record Rejection(String reason, long images, String uri, String detail) {
    private static final int SHOWN = 5;
    private static final Comparator<Rejection> MOST_FIRST =
            Comparator.comparingLong(Rejection::images).reversed().thenComparing(Rejection::reason);

    /** The same of two sets of images. */
    public static List<Rejection> both(List<Rejection> some, List<Rejection> others) {
        Map<String, Rejection> byReason = Stream.concat(some.stream(), others.stream())
                .collect(Collectors.toMap(Rejection::reason, Function.identity(), Rejection::and));
        return byReason.values().stream().sorted(MOST_FIRST).toList();
    }

    private Rejection and(Rejection other) {
        return new Rejection(reason, images + other.images, uri, detail);
    }

    /**
     * A line for each of the most frequent reasons, and one for the others.
     *
     * <p>Such as {@code rejected 3: not_found, such as file:/cat/1.jpg (no such file)}.
     */
    public static List<String> lines(List<Rejection> all) {
        List<String> lines = new ArrayList<>(all.stream()
                .sorted(MOST_FIRST)
                .limit(SHOWN)
                .map(Rejection::line)
                .toList());
        long others = all.stream()
                .sorted(MOST_FIRST)
                .skip(SHOWN)
                .mapToLong(Rejection::images)
                .sum();
        if (others > 0) {
            lines.add("rejected %d for %d other reasons".formatted(others, all.size() - SHOWN));
        }
        return lines;
    }

    private String line() {
        return String.format(
                Locale.ROOT,
                "rejected %d: %s, such as %s (%s)",
                images,
                reason,
                ShownText.name(uri),
                ShownText.line(detail));
    }

    /** Counts for the middle of a sentence, such as {@code truncated 2, not_found 1}. */
    public static String counts(List<Rejection> all) {
        return all.stream()
                .sorted(Comparator.comparing(Rejection::reason))
                .map(each -> each.reason + " " + each.images)
                .collect(Collectors.joining(", "));
    }
}
