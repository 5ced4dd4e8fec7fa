package dev.graft.manifest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What an image is used for. */
public enum Split {
    TRAIN,
    VALIDATION,
    TEST;

    /** The value in the column {@link ManifestColumns#SPLIT}. */
    public String columnValue() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The split that a column value names.
     *
     * @throws IllegalArgumentException if it names none
     */
    public static Split ofColumnValue(String value) {
        return Arrays.stream(values())
                .filter(split -> split.columnValue().equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No split is called " + value));
    }

    static List<String> columnValues() {
        return Arrays.stream(values()).map(Split::columnValue).toList();
    }
}
