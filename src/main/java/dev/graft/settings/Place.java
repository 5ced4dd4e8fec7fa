package dev.graft.settings;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import java.util.regex.Pattern;

/** Where a setting was written: {@code file:line}, or {@code --set}. */
final class Place {
    private static final Pattern LINE = Pattern.compile(": (\\d+)(?:-\\d+)?$");
    private static final Pattern LINE_IN_TEXT = Pattern.compile(": (\\d+)(?:-\\d+)?: ");

    private Place() {}

    static String of(ConfigOrigin origin) {
        String description = origin.description();
        return description.startsWith(Assignment.OPTION)
                ? Assignment.OPTION
                : LINE.matcher(description).replaceFirst(":$1");
    }

    /** The message of the parser, its place written the way we write it. */
    static String inText(ConfigException e) {
        String message = String.valueOf(e.getMessage());
        String placed = LINE_IN_TEXT.matcher(message).replaceFirst(":$1: ");
        return placed.startsWith(Assignment.OPTION + ":")
                ? placed.replaceFirst("^" + Assignment.OPTION + ":\\d+", Assignment.OPTION)
                : placed;
    }
}
