package dev.graft.cli;

import dev.graft.settings.Settings;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which sections of the settings a verb reads. A file may be for several verbs; {@code --set} is for the one it stands with. */
enum Uses {
    MANIFEST("manifest", "manifest"),
    EXTRACT("extract", "manifest", "decode", "base", "augment", "extract"),
    TRAIN("train", "head", "manifest", "decode", "base", "augment", "extract", "promote"),
    /** That a model's own base is used is told where the model is opened. */
    FINE_TUNE("fine-tune", "fine-tune", "manifest", "decode", "base", "augment", "extract", "promote"),
    EVALUATE("evaluate", "manifest", "decode", "base", "extract", "promote"),
    PREDICT("predict", "manifest", "decode", "base", "extract");

    private static final String SEED = "seed";

    /** Whoever writes takes a lock. */
    private static final String LOCKS = "retrain.lock-timeout-s";

    private final String verb;

    @SuppressWarnings("ImmutableEnumChecker") // List.of gives one that is
    private final List<String> sections;

    Uses(String verb, String... sections) {
        this.verb = verb;
        this.sections = List.of(sections);
    }

    /**
     * One line for each assignment that the verb has no use for.
     *
     * @param assignments {@code key=value} each
     */
    List<String> unused(List<String> assignments, Settings settings) {
        return assignments.stream()
                .map(assignment ->
                        assignment.substring(0, assignment.indexOf('=')).strip())
                .filter(key -> isKnown(key, settings) && !isUsed(key))
                .map(key -> "Note: --set %s is not used by %s%s"
                        .formatted(
                                key,
                                verb,
                                instead(key, settings.keys())
                                        .map(other -> ", which has " + other)
                                        .orElse("")))
                .toList();
    }

    /** What is not is an error, which is told elsewhere. */
    private static boolean isKnown(String key, Settings settings) {
        return settings.keys().stream().anyMatch(known -> known.equals(key) || known.startsWith(key + "."));
    }

    private boolean isUsed(String key) {
        return key.equals(SEED) || key.equals(LOCKS) || sections.contains(section(key));
    }

    private Optional<String> instead(String key, Set<String> keys) {
        return sections.stream()
                .map(section -> section + key.substring(section(key).length()))
                .filter(keys::contains)
                .findFirst();
    }

    private static String section(String key) {
        return key.indexOf('.') < 0 ? key : key.substring(0, key.indexOf('.'));
    }
}
