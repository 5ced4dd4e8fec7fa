package dev.graft.evaluate;

import dev.graft.settings.ShownText;
import java.util.List;

/** The classes that one model or manifest has and another has not. */
public record ClassChanges(List<String> gained, List<String> lost) {

    public ClassChanges {
        gained = List.copyOf(gained);
        lost = List.copyOf(lost);
    }

    public static ClassChanges between(List<String> before, List<String> after) {
        return new ClassChanges(without(after, before), without(before, after));
    }

    private static List<String> without(List<String> labels, List<String> others) {
        return labels.stream().filter(label -> !others.contains(label)).toList();
    }

    /** For people, such as {@code classes gained: bird; classes lost: none}. */
    public String text() {
        return "classes gained: " + ShownText.names(gained) + "; classes lost: " + ShownText.names(lost);
    }
}
