package dev.graft.manifest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

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

    /** The rows of a table with this split. */
    public Dataset<Row> of(Dataset<Row> table) {
        return table.where(table.col(ManifestColumns.SPLIT).equalTo(columnValue()));
    }

    static List<String> columnValues() {
        return Arrays.stream(values()).map(Split::columnValue).toList();
    }
}
