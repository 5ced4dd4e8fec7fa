package dev.graft.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueFactory;

/**
 * One {@code key=value} of the command line.
 *
 * <p>The value is taken as it stands, so that {@code s3a://bucket/x} needs no quotes; it is HOCON only when it starts
 * the way a list, an object, a quoted text or a substitution does.
 */
final class Assignment {
    static final String OPTION = "--set";

    private Assignment() {}

    static Config parse(String assignment) {
        return parse(assignment, OPTION);
    }

    /** @param origin where it stands, for messages and to tell one from another */
    static Config parse(String assignment, String origin) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw invalid(assignment);
        }
        String key = normalized(assignment.substring(0, equals).strip(), assignment);
        String value = assignment.substring(equals + 1).strip();
        return isHocon(value) ? hocon(key, value, origin) : literal(key, value, origin);
    }

    private static boolean isHocon(String value) {
        return value.startsWith("[") || value.startsWith("{") || value.startsWith("\"") || value.startsWith("${");
    }

    private static Config literal(String key, String value, String origin) {
        return ConfigValueFactory.fromAnyRef(value, origin).atPath(key);
    }

    private static Config hocon(String key, String value, String origin) {
        try {
            String text = key + " = " + value;
            return ConfigFactory.parseString(
                    text,
                    ConfigParseOptions.defaults()
                            .setOriginDescription(origin)
                            .setIncluder(Includes.none("of " + OPTION, "", "write it into a file for --conf")));
        } catch (ConfigException e) {
            throw new InvalidInputException("Cannot parse settings: " + Place.inText(e), e);
        }
    }

    private static String normalized(String key, String assignment) {
        try {
            return ConfigUtil.joinPath(ConfigUtil.splitPath(key));
        } catch (ConfigException e) {
            throw invalid(assignment);
        }
    }

    private static InvalidInputException invalid(String assignment) {
        return new InvalidInputException("Invalid %s: %s (expected key=value)".formatted(OPTION, assignment));
    }
}
