package dev.graft.settings;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Settings without what should not be written down: values of keys that name a credential, user info in URIs. */
final class Redaction {
    static final String REDACTED = "<redacted>";

    private static final Set<String> CREDENTIALS =
            Set.of("key", "keys", "secret", "secrets", "password", "passwords", "token", "tokens");
    private static final Pattern WORD_BREAK = Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])");

    private Redaction() {}

    static ConfigValue of(ConfigValue value) {
        if (value instanceof ConfigObject object) {
            return of(object);
        }
        if (value instanceof ConfigList list) {
            return ConfigValueFactory.fromIterable(
                    list.stream().map(Redaction::of).toList());
        }
        return value.unwrapped() instanceof String text
                ? ConfigValueFactory.fromAnyRef(UriCredentials.redacted(text))
                : value;
    }

    static boolean isCredential(String key) {
        return Arrays.stream(WORD_BREAK.split(key))
                .anyMatch(word -> CREDENTIALS.contains(word.toLowerCase(Locale.ROOT)));
    }

    private static ConfigObject of(ConfigObject object) {
        ConfigObject result = object;
        for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
            boolean credential =
                    isCredential(entry.getKey()) && !"".equals(entry.getValue().unwrapped());
            ConfigValue kept = credential ? ConfigValueFactory.fromAnyRef(REDACTED) : of(entry.getValue());
            result = result.withValue(entry.getKey(), kept);
        }
        return result;
    }
}
