package dev.graft.manifest;

import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What an image is used for. */
public enum Split {
    TRAIN,
    VALIDATION,
    TEST;

    private static final Map<String, Split> NAMES = Map.of(
            "train", TRAIN,
            "training", TRAIN,
            "validation", VALIDATION,
            "valid", VALIDATION,
            "val", VALIDATION,
            "test", TEST);

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

    /** The split that a folder is named after, in whatever case. */
    static Optional<Split> ofFolder(String name) {
        return Optional.ofNullable(NAMES.get(name.toLowerCase(Locale.ROOT)));
    }

    /** A column of splits under their own names where it has other names of them, such as {@code val}. */
    static Column canonical(Column written) {
        Column canonical = written;
        for (Map.Entry<String, Split> name : NAMES.entrySet()) {
            canonical = when(written.equalTo(name.getKey()), name.getValue().columnValue())
                    .otherwise(canonical);
        }
        return canonical;
    }

    /** The rows of a table with this split. */
    public Dataset<Row> of(Dataset<Row> table) {
        return table.where(table.col(ManifestColumns.SPLIT).equalTo(columnValue()));
    }

    static List<String> columnValues() {
        return Arrays.stream(values()).map(Split::columnValue).toList();
    }
}
