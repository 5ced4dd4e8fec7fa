package dev.graft.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The settings of a run: {@code reference.conf}, overridden by files in order, overridden by assignments in order.
 *
 * <p>Problems with keys and values are collected while sections are read and thrown together by {@link #check}.
 */
public final class Settings {
    private static final ConfigRenderOptions HOCON = ConfigRenderOptions.defaults()
            .setOriginComments(false)
            .setComments(false)
            .setJson(false);

    /** Where what a run suggests to itself stands. */
    private static final String SUGGESTED = "suggested";

    private final Config values;
    private final Config defaults;
    private final List<String> unknownKeys;
    private final Set<String> problems = new LinkedHashSet<>();
    private final Set<String> readKeys = new TreeSet<>();
    private final List<Section> entries = new ArrayList<>();

    private Settings(Config values, Config defaults) {
        this.defaults = defaults;
        KeyCheck keys = KeyCheck.of(values, defaults);
        this.values = keys.usable();
        this.unknownKeys = keys.unknown();
        problems.addAll(keys.wrongSections());
    }

    /** The settings of {@code reference.conf} alone. */
    public static Settings withDefaults() {
        return load(List.of(), List.of());
    }

    /**
     * Reads the settings.
     *
     * @param suggested {@code key=value} each: what stands for the defaults in this run; files and assignments win
     * @param confFiles HOCON files: local paths or Hadoop URIs, the last one wins
     * @param assignments {@code key=value} each, the last one wins
     * @throws InvalidInputException if a file cannot be read or parsed, an assignment has no {@code =}, or a
     *     substitution has no value
     */
    public static Settings load(List<String> suggested, List<String> confFiles, List<String> assignments) {
        List<String> problems = new ArrayList<>();
        Config defaults = assigned(suggested, SUGGESTED, problems).withFallback(ReferenceConf.read());
        Config given = ConfigFactory.empty();
        for (String file : confFiles) {
            given = attempt(() -> ConfFile.at(file).read(), problems).withFallback(given);
        }
        given = assigned(assignments, Assignment.OPTION, problems).withFallback(given);
        throwAll(problems);
        return of(given, defaults);
    }

    private static Config assigned(List<String> assignments, String origin, List<String> problems) {
        Config given = ConfigFactory.empty();
        for (String assignment : assignments) {
            given = attempt(() -> Assignment.parse(assignment, origin), problems)
                    .withFallback(given);
        }
        return given;
    }

    /** The same without suggestions. */
    public static Settings load(List<String> confFiles, List<String> assignments) {
        return load(List.of(), confFiles, assignments);
    }

    /**
     * Reads settings that {@link #effective} gave, perhaps of another release: keys that this one does not have are
     * problems that {@link #check} would report and {@link #checkValues} does not. They are data, whoever wrote them:
     * they include nothing, and read no environment and no property of the system.
     *
     * @throws InvalidInputException if they are no such settings
     */
    public static Settings ofEffective(String hocon) {
        return of(WrittenSettings.parse(hocon), ReferenceConf.read());
    }

    static Settings of(Config given, Config defaults) {
        return new Settings(resolve(given.withFallback(defaults)), defaults);
    }

    /** The keys beneath {@code path}, such as {@code decode} or {@code manifest.columns}. */
    public Section section(String path) {
        return Section.of(this, values, defaults, path);
    }

    /** The keys that stand in no section. */
    public Section root() {
        return section("");
    }

    /**
     * Refuses to go on when anything read so far was wrong.
     *
     * @throws InvalidInputException with one line for each problem: the key, the value, its place and what is expected
     */
    public void check() {
        Set<String> all = new LinkedHashSet<>(unknownKeys);
        all.addAll(problems);
        entries.forEach(entry -> all.addAll(entry.unreadKeys()));
        throwAll(all);
    }

    /**
     * The same for settings of another release: keys that this one does not have are no problem.
     *
     * @throws InvalidInputException as {@link #check} does
     */
    public void checkValues() {
        throwAll(problems);
    }

    /** The effective settings as HOCON, credentials redacted. */
    public String effective() {
        return Redaction.of(values.root()).render(HOCON);
    }

    /** The same, without one key. */
    public String effectiveWithout(String key) {
        return Redaction.of(values.withoutPath(key).root()).render(HOCON);
    }

    /** Whether somebody said what a key is, be it the default. */
    public boolean isGiven(String key) {
        return !origin(values, key).equals(origin(defaults, key));
    }

    /** The same of any key of a section, such as {@code augment}. */
    public boolean isAnyGiven(String section) {
        return keys().stream().filter(key -> key.startsWith(section + ".")).anyMatch(this::isGiven);
    }

    private static String origin(Config config, String key) {
        return config.getValue(key).origin().description();
    }

    /** The value of a key, as it would be assigned. */
    public String rendered(String key) {
        ConfigValue value = values.getValue(key);
        return value.unwrapped() instanceof String text ? text : value.render(ConfigRenderOptions.concise());
    }

    /** The keys that sections were asked for so far. */
    public Set<String> readKeys() {
        return Set.copyOf(readKeys);
    }

    /** The keys of {@code reference.conf}. */
    public Set<String> keys() {
        return KeyCheck.leaves(defaults.root());
    }

    void addProblem(String problem) {
        problems.add(problem);
    }

    void markRead(String key) {
        readKeys.add(key);
    }

    void addEntry(Section entry) {
        entries.add(entry);
    }

    private static Config attempt(Supplier<Config> source, List<String> problems) {
        try {
            return source.get();
        } catch (InvalidInputException e) {
            problems.add(e.getMessage());
            return ConfigFactory.empty();
        }
    }

    private static Config resolve(Config config) {
        try {
            return config.resolve();
        } catch (ConfigException e) {
            throw new InvalidInputException("Cannot resolve settings: " + Place.inText(e), e);
        }
    }

    private static void throwAll(Collection<String> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(String.join("\n", problems));
        }
    }
}
