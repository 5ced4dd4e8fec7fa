package dev.graft.settings;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The user and the secret before the {@code @} of a uri, which nobody should read who reads the uri.
 *
 * <p>A secret may hold {@code /} and {@code @}, so it reaches to the last {@code @} of the uri. A path may hold an
 * {@code @} too; it is one of a path where nothing but a host, perhaps with a port, stands before the first {@code /}.
 */
public final class UriCredentials {
    /** What stands for it. */
    public static final String REDACTED = "***";

    private static final String PORT = "(?::\\d\\d\\d?\\d?\\d?)?(?:[/%1$s]|\\z)";
    private static final String HOST = "(?:\\[[0-9A-Fa-f:.]*\\]|[^/:@%1$s]*)" + PORT;

    /** Azure names a container before the {@code @}. */
    private static final String CONTAINER = "(?<=\\b(?:abfss?|wasbs?)://)[A-Za-z0-9$-]*@[^/:@%1$s]*" + PORT;

    /** Buckets have no ports. */
    private static final String IN_BUCKET_URI = "(?<=\\bs3[an]?://)(?=[^/%1$s]*[:@])";

    private static final String PATTERN =
            "(?:" + IN_BUCKET_URI + "|(?<=://)(?!" + HOST + ")(?!" + CONTAINER + "))[^%1$s]*@";

    /** What ends a uri in a text. */
    private static final String ENDS = "\\s\"'<>`";

    /** What ends a uri that is all of a text: a code that is no character. */
    private static final String NOTHING = "\\uFFFF";

    /** Finds it in any text; Spark is told to redact what has it. */
    public static final String IN_TEXT = PATTERN.formatted(ENDS);

    private static final Pattern TEXT = Pattern.compile(IN_TEXT, Pattern.CASE_INSENSITIVE);
    private static final Pattern URI = Pattern.compile(PATTERN.formatted(NOTHING), Pattern.CASE_INSENSITIVE);
    private static final Pattern WORD = Pattern.compile("[^" + ENDS + "]+");

    private UriCredentials() {}

    /** A text without the user info of the uris in it. */
    public static String redacted(String text) {
        return text.indexOf('@') < 0
                ? text
                : WORD.matcher(text).replaceAll(word -> Matcher.quoteReplacement(redacted(word.group(), TEXT)));
    }

    /** A uri without its user info; all of the text is the uri, blanks and quotes too. */
    public static String redactedUri(String uri) {
        return redacted(uri, URI);
    }

    /** Whether a uri has any, redacted or not. */
    public static boolean isIn(String uri) {
        return find(uri, URI).isPresent();
    }

    /** Matches no further than the last {@code @}, so that a long text without one costs nothing. */
    private static String redacted(String uri, Pattern pattern) {
        return find(uri, pattern)
                .map(found -> uri.substring(0, found.start()) + REDACTED + uri.substring(uri.lastIndexOf('@')))
                .orElse(uri);
    }

    private static Optional<Matcher> find(String uri, Pattern pattern) {
        int at = uri.lastIndexOf('@');
        if (at < 0) {
            return Optional.empty();
        }
        Matcher found = pattern.matcher(uri)
                .region(0, at + 1)
                .useTransparentBounds(true)
                .useAnchoringBounds(false);
        return found.find() ? Optional.of(found) : Optional.empty();
    }
}
