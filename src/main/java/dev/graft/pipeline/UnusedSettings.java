package dev.graft.pipeline;

import dev.graft.base.BaseSettings;
import dev.graft.publish.ModelDescription;
import dev.graft.settings.InvalidInputException;
import dev.graft.settings.Settings;
import dev.graft.settings.ShownText;
import dev.graft.settings.UriCredentials;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What somebody says of a base, where a model brings its own. */
final class UnusedSettings {
    private static final String RESIZE = "decode.resize";

    private UnusedSettings() {}

    /** @param own as the model has it; what was given is shown as it was given, and compared with this as {@code meant} */
    private record Value(String key, String given, String meant, String own) {
        String note() {
            return "Note: %s = %s is not used: the model says %s"
                    .formatted(
                            key,
                            given.isEmpty() ? "\"\"" : ShownText.name(given),
                            key.equals(RESIZE) ? "how its images are resized" : "what its base is");
        }
    }

    /** For people, one for each setting that was given and is another than the model's. */
    static List<String> notes(Stages given, ModelDescription model) {
        BaseSettings own = BaseSettings.from(Settings.ofEffective(model.settings()));
        String resize = given.decode().resize().id();
        return Stream.concat(
                        base(given.base(), own),
                        Stream.of(new Value(
                                RESIZE, resize, resize, model.preprocessing().resize())))
                .filter(value ->
                        given.settings().isGiven(value.key()) && !value.meant().equals(value.own()))
                .map(Value::note)
                .toList();
    }

    private static Stream<Value> base(BaseSettings given, BaseSettings own) {
        return Stream.of(
                asGiven(
                        "base.name",
                        given.architecture().id(),
                        own.architecture().id()),
                asGiven("base.weights", redacted(given.weights()), redacted(own.weights())),
                asGiven("base.digest", given.digest().orElse(""), own.digest().orElse("")),
                asGiven("base.alpha", Double.toString(given.alpha()), Double.toString(own.alpha())),
                asGiven("base.input", input(own, given.input()), input(own, own.input())),
                new Value("base.cut", given.cut().orElse(""), cut(own, given.cut()), cut(own, own.cut())));
    }

    private static Value asGiven(String key, String given, String own) {
        return new Value(key, given, given, own);
    }

    private static String redacted(Optional<String> uri) {
        return uri.map(UriCredentials::redactedUri).orElse("");
    }

    private static String input(BaseSettings own, Optional<Integer> input) {
        return Integer.toString(input.orElse(own.architecture().defaultInput()));
    }

    /** The layer that a cut means in the model's base: a block may stand for it. */
    private static String cut(BaseSettings own, Optional<String> cut) {
        try {
            return new BaseSettings(own.architecture(), own.weights(), own.digest(), own.input(), cut, own.alpha())
                    .layout()
                    .cut();
        } catch (InvalidInputException e) { // it has no such layer
            return cut.orElse("");
        }
    }
}
