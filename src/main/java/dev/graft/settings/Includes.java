package dev.graft.settings;

import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import java.io.File;
import java.net.URL;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a text of settings may include: files by their plain name, where the text is a file itself. Never a URL, which
 * would be a request to whom the text names, and never what lies on the class path.
 */
final class Includes implements ConfigIncluder, ConfigIncluderURL, ConfigIncluderFile, ConfigIncluderClasspath {
    private static final Pattern WEB = Pattern.compile("(?:https?|s?ftp|jar|data):.*", Pattern.CASE_INSENSITIVE);

    private final String place;
    private final String text;
    private final String remedy;
    private final Function<String, Optional<ConfigObject>> files;

    private Includes(String place, String text, String remedy, Function<String, Optional<ConfigObject>> files) {
        this.place = place;
        this.text = text;
        this.remedy = remedy;
        this.files = files;
    }

    /** For a text that includes nothing. */
    static Includes none(String place, String text, String remedy) {
        return new Includes(place, text, remedy, what -> Optional.empty());
    }

    /** For a file, which includes other files by name. */
    static Includes files(String place, String text, Function<String, ConfigObject> read) {
        return new Includes(
                place,
                text,
                "include a file by its name alone, such as include \"base.conf\"",
                what -> WEB.matcher(what).matches() ? Optional.empty() : Optional.of(read.apply(what)));
    }

    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
        return this;
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
        return files.apply(what).orElseThrow(() -> refused("", what));
    }

    @Override
    public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
        throw refused("url", what.toString());
    }

    @Override
    public ConfigObject includeFile(ConfigIncludeContext context, File what) {
        throw refused("file", what.toString());
    }

    @Override
    public ConfigObject includeResources(ConfigIncludeContext context, String what) {
        throw refused("classpath", what);
    }

    private InvalidInputException refused(String function, String what) {
        String included = function.isEmpty() ? "\"" + what + "\"" : function + "(\"" + what + "\")";
        return new InvalidInputException("Cannot read settings %s: include %s is not allowed (%s)"
                .formatted(placeOf(function, what), included, remedy));
    }

    /** The parser does not say where it is: the first line that looks like it. */
    private String placeOf(String function, String what) {
        String argument = "\\s*\"?" + Pattern.quote(what);
        Pattern include = Pattern.compile("include[^\\n]*?" + (function.isEmpty() ? "" : function + "\\(") + argument);
        Matcher found = include.matcher(text);
        return found.find()
                ? place + ":"
                        + (1
                                + text.substring(0, found.start())
                                        .chars()
                                        .filter(c -> c == '\n')
                                        .count())
                : place;
    }
}
