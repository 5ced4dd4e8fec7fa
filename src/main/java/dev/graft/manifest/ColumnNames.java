package dev.graft.manifest;

import dev.graft.settings.InvalidInputException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names of a manifest's columns.
 *
 * @param written as the manifest has them
 * @param names without blanks around them; a column without a name is called as Spark calls it, after its place
 */
record ColumnNames(List<String> written, List<String> names) {
    private static final Set<String> OWN =
            Set.of(ManifestCheck.WRITTEN_URI, ManifestCheck.WRITTEN_LABEL, ManifestCheck.WRITTEN_SPLIT);

    static ColumnNames of(List<String> written) {
        List<String> names = new ArrayList<>();
        for (String name : written) {
            String stripped = Blanks.strip(name);
            names.add(stripped.isEmpty() ? "_c" + names.size() : stripped);
        }
        return new ColumnNames(written, names);
    }

    /** Those that are written with blanks around them. */
    List<String> stripped() {
        return written.stream()
                .filter(name -> !name.isBlank() && !name.equals(Blanks.strip(name)))
                .map(name -> "'" + name + "'")
                .toList();
    }

    /** Refuses two columns of one name, and names that Graft takes for its own while it reads. */
    void check(String manifest) {
        Set<String> seen = new HashSet<>();
        Set<String> doubled = names.stream()
                .filter(name -> !seen.add(name.toLowerCase(Locale.ROOT)))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        if (!doubled.isEmpty()) {
            throw new InvalidInputException(
                    "Invalid manifest: %s (columns that differ in nothing, or in upper and lower case or blanks alone: %s; rename or drop one of each)"
                            .formatted(manifest, allOf(doubled)));
        }
        names.stream().filter(OWN::contains).findFirst().ifPresent(name -> {
            throw new InvalidInputException(
                    "Invalid manifest: %s (its column %s has a name that Graft needs; rename it)"
                            .formatted(manifest, name));
        });
    }

    private String allOf(Set<String> doubled) {
        return names.stream()
                .filter(name -> doubled.contains(name.toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(", "));
    }
}
