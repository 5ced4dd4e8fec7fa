package dev.graft.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares the keys of settings with those of {@code reference.conf}, at any depth. */
final class KeyCheck {
    /** Each costs a comparison with every known key. */
    private static final int MOST_REPORTED = 100;

    private final Set<String> known;
    private final List<String> unknown = new ArrayList<>();
    private final List<String> wrongSections = new ArrayList<>();
    private Config usable;
    private int unreported;

    private KeyCheck(Config values, Config defaults) {
        this.known = leaves(defaults.root());
        this.usable = values;
        walk("", values.root(), defaults.root());
        this.usable = usable.withFallback(defaults);
        if (unreported > 0) {
            unknown.add("… and " + unreported + " more unknown settings");
        }
    }

    static KeyCheck of(Config values, Config defaults) {
        return new KeyCheck(values, defaults);
    }

    /** The paths of all values; a list is a value, and so is an empty object. */
    static Set<String> leaves(ConfigObject object) {
        Set<String> leaves = new TreeSet<>();
        object.forEach((name, value) -> addLeaves(ConfigUtil.joinPath(name), value, leaves));
        return leaves;
    }

    static String unknown(String path, ConfigValue value, Collection<String> known) {
        String suggestion = NearestName.of(path, known)
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElse("");
        return "Unknown setting: %s (%s%s)".formatted(path, Place.of(value.origin()), suggestion);
    }

    /** A line for each key that is not known. */
    List<String> unknown() {
        return unknown;
    }

    /** A line for each value that stands where a section should. */
    List<String> wrongSections() {
        return wrongSections;
    }

    /** The values, without those that stand where a section should. */
    Config usable() {
        return usable;
    }

    private static void addLeaves(String path, ConfigValue value, Set<String> leaves) {
        if (value instanceof ConfigObject object && !object.isEmpty()) {
            object.forEach((name, child) -> addLeaves(childPath(path, name), child, leaves));
        } else {
            leaves.add(path);
        }
    }

    private void walk(String path, ConfigObject values, ConfigObject defaults) {
        for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(values).entrySet()) {
            String childPath = childPath(path, entry.getKey());
            ConfigValue reference = defaults.get(entry.getKey());
            if (reference == null) {
                addUnknown(childPath, entry.getValue());
            } else if (reference instanceof ConfigObject section && !section.isEmpty()) {
                walkSection(childPath, entry.getValue(), section);
            }
        }
    }

    private void walkSection(String path, ConfigValue value, ConfigObject section) {
        if (value instanceof ConfigObject object) {
            walk(path, object, section);
            return;
        }
        wrongSections.add("Invalid %s: %s (%s; expected a section)"
                .formatted(path, value.render(ConfigRenderOptions.concise()), Place.of(value.origin())));
        usable = usable.withoutPath(path);
    }

    private void addUnknown(String path, ConfigValue value) {
        if (value instanceof ConfigObject object && !object.isEmpty()) {
            new TreeMap<>(object).forEach((name, child) -> addUnknown(childPath(path, name), child));
        } else if (unknown.size() >= MOST_REPORTED) {
            unreported++;
        } else {
            unknown.add(unknown(path, value, known));
        }
    }

    private static String childPath(String path, String name) {
        String last = ConfigUtil.joinPath(name);
        return path.isEmpty() ? last : path + "." + last;
    }
}
