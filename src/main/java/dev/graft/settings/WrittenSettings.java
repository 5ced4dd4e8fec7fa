package dev.graft.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;

/** Settings that a run wrote down and that came from anywhere since: values, and nothing that reaches beyond them. */
final class WrittenSettings {
    private static final String NAME = "settings.conf";
    private static final String PLAIN = "settings that a run wrote down are plain values; this file was changed";

    private WrittenSettings() {}

    static Config parse(String hocon) {
        try {
            Config config = ConfigFactory.parseString(
                    hocon,
                    ConfigParseOptions.defaults()
                            .setSyntax(ConfigSyntax.CONF)
                            .setOriginDescription(NAME)
                            .setIncluder(Includes.none(NAME, hocon, PLAIN)));
            requirePlain("", config.root());
            return config;
        } catch (ConfigException e) {
            throw new InvalidInputException("Cannot read settings: " + Place.inText(e), e);
        } catch (StackOverflowError e) { // the parser calls itself for each level
            throw new InvalidInputException("Cannot read settings " + NAME + ": it is nested too deep", e);
        }
    }

    private static void requirePlain(String path, ConfigValue value) {
        try {
            value.valueType();
            if (value instanceof ConfigObject object) {
                object.forEach((name, child) -> requirePlain(childPath(path, name), child));
            } else if (value instanceof ConfigList list) {
                list.forEach(child -> requirePlain(path, child));
            }
        } catch (ConfigException.NotResolved e) {
            throw new InvalidInputException(
                    "Cannot read settings %s: %s is a substitution (%s)"
                            .formatted(Place.of(value.origin()), path, PLAIN),
                    e);
        }
    }

    private static String childPath(String path, String name) {
        String last = ConfigUtil.joinPath(name);
        return path.isEmpty() ? last : path + "." + last;
    }
}
