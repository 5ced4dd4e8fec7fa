package dev.graft.manifest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.graft.settings.InvalidInputException;
import dev.graft.settings.UriCredentials;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/** The rows that make a manifest unusable, counted by Spark with an example of each kind. */
final class ManifestCheck {
    /** The uri as it stands in the manifest. */
    static final String WRITTEN_URI = "_written_uri";

    private static final String COUNT = "count";
    private static final String UNKNOWN_SPLIT = "unknown_split";

    private final String name;
    private final Dataset<Row> manifest;

    /** A check of rows that still have the columns {@code _written_uri} and {@code _broken_row}. */
    ManifestCheck(String name, Dataset<Row> manifest) {
        this.name = name;
        this.manifest = manifest;
    }

    void run() {
        List<String> problems = rowProblems();
        if (problems.isEmpty()) {
            problems = duplicates();
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(String.join("\n", problems));
        }
    }

    private List<String> rowProblems() {
        Column broken = col(ManifestSource.BROKEN_ROW).isNotNull();
        Column noUri = broken.or(col(ManifestColumns.URI).isNotNull()).equalTo(false);
        Column unknownSplit = broken.or(
                        coalesce(col(ManifestColumns.SPLIT).isInCollection(Split.columnValues()), lit(true)))
                .equalTo(false);
        Row found = manifest.agg(
                        count(lit(1)).as(COUNT),
                        count(when(broken, 1)).as("broken"),
                        min(when(broken, col(ManifestSource.BROKEN_ROW))).as("broken_example"),
                        count(when(noUri, 1)).as("no_uri"),
                        min(when(noUri, coalesce(col(WRITTEN_URI), lit("")))).as("no_uri_example"),
                        count(when(unknownSplit, 1)).as(UNKNOWN_SPLIT),
                        min(when(unknownSplit, struct(col(ManifestColumns.SPLIT), col(WRITTEN_URI))))
                                .as("split_example"),
                        max(everyValue()).as("hash"))
                .first();
        return described(found);
    }

    /** Has Spark read all columns now, damaged ones too, and not in the middle of a run; bytes of images are too many. */
    private Column everyValue() {
        return hash(Arrays.stream(manifest.schema().fields())
                .filter(field -> isSmall(field.dataType()))
                .map(field -> ManifestReader.quoted(field.name()))
                .toArray(Column[]::new));
    }

    /** Neither bytes nor a map, which has no hash. */
    private static boolean isSmall(DataType type) {
        if (type instanceof StructType struct) {
            return Arrays.stream(struct.fields()).allMatch(field -> isSmall(field.dataType()));
        }
        if (type instanceof ArrayType array) {
            return isSmall(array.elementType());
        }
        return !(type instanceof BinaryType) && !(type instanceof MapType);
    }

    private List<String> described(Row found) {
        List<String> problems = new ArrayList<>();
        if (counted(found, COUNT) == 0) {
            problems.add(problem("it has no rows"));
        }
        if (counted(found, "broken") > 0) {
            problems.add(problem("rows that cannot be parsed: %d, such as %s; quote values that hold a comma or a quote"
                    .formatted(
                            counted(found, "broken"), UriCredentials.redacted(found.<String>getAs("broken_example")))));
        }
        if (counted(found, "no_uri") > 0) {
            problems.add(problem("rows without a usable uri: %d, such as '%s'"
                    .formatted(counted(found, "no_uri"), found.<String>getAs("no_uri_example"))));
        }
        if (counted(found, UNKNOWN_SPLIT) > 0) {
            problems.add(problem("rows of an unknown split: %d, such as %s; expected one of %s, or nothing"
                    .formatted(
                            counted(found, UNKNOWN_SPLIT),
                            splitExample(found.getAs("split_example")),
                            String.join(", ", Split.columnValues()))));
        }
        return problems;
    }

    private List<String> duplicates() {
        // Two that differ in user and secret only look the same here; both are rejected when they are read.
        Row found = manifest.where(not(col(ManifestColumns.URI).contains("://" + UriCredentials.REDACTED + "@")))
                .groupBy(ManifestColumns.URI)
                .count()
                .filter(col(COUNT).gt(1))
                .agg(
                        count(lit(1)).as("uris"),
                        sum(COUNT).as("rows"),
                        min(ManifestColumns.URI).as("example"))
                .first();
        if (counted(found, "uris") == 0) {
            return List.of();
        }
        return List.of(problem("uris that stand on more than one row: %d, on %d rows, such as %s"
                .formatted(counted(found, "uris"), counted(found, "rows"), found.<String>getAs("example"))));
    }

    private String problem(String reason) {
        return "Invalid manifest: %s (%s)".formatted(name, reason);
    }

    private static String splitExample(Row example) {
        return "'%s' of %s".formatted(example.getString(0), example.getString(1));
    }

    private static long counted(Row row, String column) {
        return row.<Long>getAs(column);
    }
}
