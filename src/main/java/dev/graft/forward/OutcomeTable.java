package dev.graft.forward;

import dev.graft.settings.InvalidInputException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A table with a row for each image's outcome: the manifest's columns, which travel along untouched, then its own.
 *
 * @param manifest the manifest's columns
 * @param own the columns that are computed
 */
public record OutcomeTable(StructType manifest, StructType own) implements Serializable {
    private static final long serialVersionUID = 1;

    /**
     * Puts a table together.
     *
     * @param name what the table is called in messages
     * @throws InvalidInputException if the manifest has a column of the table's own
     */
    public static OutcomeTable of(StructType manifest, StructType own, String name) {
        for (String column : own.fieldNames()) {
            if (Arrays.stream(manifest.fieldNames()).anyMatch(column::equalsIgnoreCase)) {
                throw new InvalidInputException("Invalid manifest: its column " + column
                        + " has the name of a column of the " + name + " (rename it)");
            }
        }
        return new OutcomeTable(manifest, own);
    }

    public StructType schema() {
        StructType schema = manifest;
        for (StructField field : own.fields()) {
            schema = schema.add(field);
        }
        return schema;
    }

    /** The row of an image, given the values of the table's own columns. */
    public Row row(ImageOutcome outcome, List<Object> values) {
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < manifest.length(); i++) {
            all.add(outcome.image().get(i));
        }
        all.addAll(values);
        return RowFactory.create(all.toArray());
    }
}
