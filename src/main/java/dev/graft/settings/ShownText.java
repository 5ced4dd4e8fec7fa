package dev.graft.settings;

import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * Text as a terminal or a page may show it, whoever wrote it: control characters, and marks that turn the direction of
 * what follows, are shown as their code, such as {@code \u001B}.
 */
public final class ShownText {
    private static final int LONGEST_NAME = 200;
    private static final int MOST_NAMES = 10;
    private static final String ELLIPSIS = "…";

    private ShownText() {}

    /** Names in a row, the first ten of them; {@code none} where there are none. */
    public static String names(List<String> names) {
        String shown = names.stream().limit(MOST_NAMES).map(ShownText::name).collect(Collectors.joining(", "));
        String more = names.size() > MOST_NAMES ? ", " + ELLIPSIS : "";
        return names.isEmpty() ? "none" : shown + more;
    }

    /** The name of a class, a file or a model: on one line, and cut where it is longer than 200 characters. */
    public static String name(String name) {
        boolean isLong = name.codePointCount(0, name.length()) > LONGEST_NAME;
        String shown = line(isLong ? name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME + 1)) : name);
        return shown.codePointCount(0, shown.length()) <= LONGEST_NAME
                ? shown
                : shown.substring(0, shown.offsetByCodePoints(0, LONGEST_NAME - 1)) + ELLIPSIS;
    }

    /** A sentence that may have names in it: on one line. */
    public static String line(String line) {
        return escaped(line, any -> false);
    }

    /** A text that may have lines and tabs. */
    public static String lines(String text) {
        return escaped(text, c -> c == '\n' || c == '\t');
    }

    private static String escaped(String text, IntPredicate kept) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isHarmless(c) || kept.test(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append(String.format(Locale.ROOT, "\\u%04X", c));
            }
        });
        return shown.toString();
    }

    private static boolean isHarmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            case Character.FORMAT -> !isDirection(c);
            default -> true;
        };
    }

    private static boolean isDirection(int c) {
        return c == 0x061C
                || c == 0x200E
                || c == 0x200F
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
    }
}
