package dev.graft.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Typed access to the keys of one section, or of one object in a list.
 *
 * <p>A wrong value is recorded for {@link Settings#check} and the default of {@code reference.conf} returned in its
 * place. An object in a list has no defaults: a key missing there is a problem too, and so is one that nobody read.
 */
public final class Section {
    private final Settings settings;
    private final Config values;
    private final Config defaults;
    private final String path;
    private final String place;
    private final Set<String> readKeys = new LinkedHashSet<>();

    private Section(Settings settings, Config values, Config defaults, String path, String place) {
        this.settings = settings;
        this.values = values;
        this.defaults = defaults;
        this.path = path;
        this.place = place;
    }

    static Section of(Settings settings, Config values, Config defaults, String path) {
        return new Section(settings, values, defaults, path, "");
    }

    /** The same section as {@code reference.conf} has it. */
    public Section defaults() {
        return of(settings, defaults, defaults, path);
    }

    public long wholeNumber(String key, long min, long max) {
        return read(
                key, Section::exactLong, n -> n >= min && n <= max, min, "expected a whole number" + range(min, max));
    }

    public int count(String key, int min, int max) {
        return Math.toIntExact(wholeNumber(key, min, max));
    }

    public double number(String key, double min, double max) {
        return read(key, Config::getDouble, n -> n >= min && n <= max, min, "expected a number" + range(min, max));
    }

    public String text(String key) {
        return read(key, Config::getString, text -> !text.isBlank(), "", "expected a text that is not empty");
    }

    /** A text, absent when empty. */
    public Optional<String> optionalText(String key) {
        if (isEntry() && !values.hasPath(key)) {
            readKeys.add(key);
            return Optional.empty();
        }
        String text = read(key, Config::getString, any -> true, "", "expected a text");
        return text.isBlank() ? Optional.empty() : Optional.of(text);
    }

    public boolean flag(String key) {
        return read(key, Config::getBoolean, any -> true, false, "expected true or false");
    }

    /** A size in bytes, such as {@code 64 MiB}. */
    public long bytes(String key, long min, long max) {
        return read(
                key, Config::getBytes, n -> n >= min && n <= max, min, "expected a size" + range(min, max) + " bytes");
    }

    /** A duration with its unit, such as {@code 10 minutes}; 0 needs none. */
    public Duration duration(String key, Duration max) {
        return duration(key, Duration.ZERO, max);
    }

    /** A duration with its unit, such as {@code 60 s}; 0 needs none. */
    public Duration duration(String key, Duration min, Duration max) {
        return read(
                key,
                Section::durationWithUnit,
                duration -> duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0,
                min,
                "expected a duration with its unit, such as 10 minutes, of "
                        + (min.isZero() ? "" : "at least " + min.toSeconds() + " s and ") + "at most "
                        + max.toMinutes() + " minutes");
    }

    /** A constant of {@code type}, written in lower case with dashes. */
    public <E extends Enum<E>> E choice(String key, Class<E> type) {
        List<String> names =
                Arrays.stream(type.getEnumConstants()).map(Section::optionName).toList();
        String name = read(key, Config::getString, names::contains, names.get(0), "expected " + oneOf(names));
        return type.getEnumConstants()[names.indexOf(name)];
    }

    public List<Double> numbers(String key, double min, double max) {
        return read(
                key,
                Config::getDoubleList,
                all -> all.stream().allMatch(n -> n >= min && n <= max),
                List.of(),
                "expected a list of numbers" + range(min, max));
    }

    /** The interval of a list of two numbers, or around zero of one: {@code 0.1} is {@code [-0.1, 0.1]}. */
    public Interval interval(String key, double min, double max) {
        List<Double> ends = ends(key, min, max, 2);
        return new Interval(ends.get(0), ends.get(1));
    }

    /** An interval, absent for an empty list. */
    public Optional<Interval> optionalInterval(String key, double min, double max) {
        List<Double> ends = ends(key, min, max, 0);
        return ends.isEmpty() ? Optional.empty() : Optional.of(new Interval(ends.get(0), ends.get(1)));
    }

    private List<Double> ends(String key, double min, double max, int fewest) {
        return read(
                key,
                Section::ends,
                ends -> ends.size() <= 2
                        && ends.size() != 1
                        && ends.size() >= fewest
                        && ends.stream().allMatch(n -> n >= min && n <= max)
                        && (ends.isEmpty() || ends.get(0) <= ends.get(1)),
                List.of(min, min),
                "expected a number, or a list of two that do not fall," + range(min, max));
    }

    private static List<Double> ends(Config config, String key) {
        if (config.getValue(key).valueType() == ConfigValueType.LIST) {
            return config.getDoubleList(key);
        }
        double reach = Math.abs(config.getDouble(key));
        return List.of(-reach, reach);
    }

    public List<String> texts(String key) {
        return read(
                key,
                Config::getStringList,
                all -> all.stream().noneMatch(String::isBlank),
                List.of(),
                "expected a list of texts that are not empty");
    }

    /** The objects of a list, in order. */
    public List<Section> sections(String key) {
        List<? extends Config> objects =
                read(key, Config::getConfigList, any -> true, List.<Config>of(), "expected a list of objects");
        List<Section> entries = new ArrayList<>();
        for (int i = 0; i < objects.size(); i++) {
            String name = fullKey(key) + "[" + i + "].";
            Section entry = new Section(settings, objects.get(i), ConfigFactory.empty(), "", name);
            settings.addEntry(entry);
            entries.add(entry);
        }
        return entries;
    }

    /** Records that the value of {@code key} is wrong for a reason that its type does not tell. */
    public void reject(String key, String expectation) {
        ConfigValue value = find(key);
        if (value == null) {
            settings.addProblem("Missing setting: %s (%s)".formatted(fullKey(key), expectation));
            return;
        }
        String shown = Redaction.isCredential(key) ? Redaction.REDACTED : shown(value);
        settings.addProblem(
                "Invalid %s: %s (%s; %s)".formatted(fullKey(key), shown, Place.of(value.origin()), expectation));
    }

    List<String> unreadKeys() {
        return values.root().entrySet().stream()
                .filter(entry -> !readKeys.contains(entry.getKey()))
                .map(entry -> KeyCheck.unknown(
                        place + entry.getKey(),
                        entry.getValue(),
                        readKeys.stream().map(this::fullKey).toList()))
                .sorted()
                .toList();
    }

    private <T> T read(
            String key, BiFunction<Config, String, T> getter, Predicate<T> valid, T blank, String expectation) {
        markRead(key);
        T fallback = isEntry() ? blank : getter.apply(defaults, defaultKey(key));
        try {
            T value = getter.apply(values, lookupKey(key));
            if (valid.test(value)) {
                return value;
            }
        } catch (ConfigException e) {
            // Wrong type or missing: the place and the expectation say more than the parser's message.
        }
        reject(key, expectation);
        return fallback;
    }

    private void markRead(String key) {
        readKeys.add(key);
        if (!isEntry()) {
            settings.markRead(fullKey(key));
        }
    }

    private boolean isEntry() {
        return !place.isEmpty();
    }

    private String lookupKey(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private String defaultKey(String key) {
        String full = lookupKey(key);
        if (!defaults.hasPath(full)) {
            throw new IllegalStateException("reference.conf has no setting " + full);
        }
        return full;
    }

    private String fullKey(String key) {
        return place + lookupKey(key);
    }

    private @Nullable ConfigValue find(String key) {
        ConfigValue value = values.root();
        for (String name : ConfigUtil.splitPath(lookupKey(key))) {
            if (!(value instanceof ConfigObject object)) {
                return value;
            }
            value = object.get(name);
        }
        return value;
    }

    private static String shown(ConfigValue value) {
        return value.unwrapped() instanceof String text
                ? "'" + UriCredentials.redacted(text) + "'"
                : Redaction.of(value).render(ConfigRenderOptions.concise());
    }

    /** A number without a unit, which Typesafe Config takes for milliseconds, is refused. */
    private static Duration durationWithUnit(Config config, String key) {
        String text = config.getString(key).strip();
        if (!text.equals("0") && text.chars().allMatch(letter -> Character.isDigit(letter) || letter == '.')) {
            throw new ConfigException.BadValue(key, "no unit");
        }
        return config.getDuration(key);
    }

    private static long exactLong(Config config, String key) {
        try {
            return new BigDecimal(config.getNumber(key).toString()).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new ConfigException.BadValue(key, "not a whole number", e);
        }
    }

    private static String optionName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String oneOf(List<String> names) {
        return names.size() == 1 ? names.get(0) : "one of " + String.join(", ", names);
    }

    private static String range(long min, long max) {
        if (max == Long.MAX_VALUE) {
            return min == Long.MIN_VALUE ? "" : " of at least " + min;
        }
        return " from " + min + " to " + max;
    }

    private static String range(double min, double max) {
        if (max >= Double.MAX_VALUE) {
            return min <= -Double.MAX_VALUE ? "" : " of at least " + min;
        }
        return " from " + min + " to " + max;
    }
}
