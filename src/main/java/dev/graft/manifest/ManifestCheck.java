package dev.graft.manifest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.graft.settings.InvalidInputException;
import dev.graft.settings.ShownText;
import dev.graft.settings.UriCredentials;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** The rows that make a manifest unusable, counted by Spark with an example of each kind. */
final class ManifestCheck {
    /** The uri as it stands in the manifest. */
    static final String WRITTEN_URI = "_written_uri";
    /** The label as it stands in the manifest. */
    static final String WRITTEN_LABEL = "_written_label";

    /** The split as it stands in the manifest. */
    static final String WRITTEN_SPLIT = "_written_split";

    private static final String COUNT = "count";
    private static final String BROKEN = "broken";
    private static final String NO_URI = "no_uri";
    private static final String REPLACED = "replaced";
    private static final String UNKNOWN_SPLIT = "unknown_split";
    private static final String LIST = "list";
    private static final String STRIPPED_LABEL = "stripped_label";
    private static final String STRIPPED_SPLIT = "stripped_split";
    private static final String LABELLED = "labelled";
    private static final String DEALT = "dealt";
    private static final String UNUSUAL_LABEL = "unusual_label";
    private static final String UPPER_CASE_LABEL = "upper_case_label";

    private static final String QUOTE = "quote values that hold a comma or a quote";

    private final ManifestSource source;

    @Nullable
    private Boolean encoded;

    private final String name;
    private final ManifestSettings settings;
    private final ColumnNames columns;
    private final Dataset<Row> manifest;
    private final Row found;

    /**
     * A check of rows, which are read once now.
     *
     * @param manifest with the columns {@code _written_uri}, {@code _written_label}, {@code _written_split} and {@code _broken_row} still there
     */
    ManifestCheck(ManifestSource source, ManifestSettings settings, ColumnNames columns, Dataset<Row> manifest) {
        this.source = source;
        this.name = source.path().toString();
        this.settings = settings;
        this.columns = columns;
        this.manifest = manifest;
        this.found = find();
    }

    boolean hasBrokenRows() {
        return counted(found, BROKEN) > 0;
    }

    /**
     * Gives the rows, if they are in order, without the columns that it alone needs.
     *
     * @throws InvalidInputException if they are not
     * @throws dev.graft.settings.DataGateException if a label is spelled in two ways
     */
    Dataset<Row> checked() {
        List<String> problems = rowProblems();
        if (problems.isEmpty()) {
            problems = duplicates();
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(String.join("\n", problems));
        }
        if (counted(found, UNUSUAL_LABEL) > 0) {
            LabelSpellings.check(name, manifest);
        }
        return manifest.drop(ManifestSource.BROKEN_ROW, WRITTEN_URI, WRITTEN_LABEL, WRITTEN_SPLIT);
    }

    /** What was taken otherwise than it is written, or may be meant otherwise, for people. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        List<String> names = columns.stripped();
        if (!names.isEmpty()) {
            notes.add("Note: blanks around the names of %d columns of manifest %s are left out: %s"
                    .formatted(names.size(), name, String.join(", ", names)));
        }
        stripped("labels", STRIPPED_LABEL, "stripped_example").ifPresent(notes::add);
        stripped("splits", STRIPPED_SPLIT, "stripped_split_example").ifPresent(notes::add);
        if (counted(found, UPPER_CASE_LABEL) > 0) {
            LabelSpellings.warning(name, manifest).ifPresent(notes::add);
        }
        long dealt = counted(found, DEALT);
        if (dealt > 0) {
            notes.add(
                    "Note: %d of %d labelled rows of manifest %s name no split; a hash of their uri deals them, as manifest.split says"
                            .formatted(dealt, counted(found, LABELLED), name));
        } else if (settings.sharesAreGiven() && counted(found, LABELLED) > 0) {
            notes.add("Note: manifest.split is not used: every labelled row of manifest %s names its split"
                    .formatted(name));
        }
        return notes;
    }

    private Optional<String> stripped(String what, String count, String example) {
        if (counted(found, count) == 0) {
            return Optional.empty();
        }
        return Optional.of("Note: blanks around the %s of %d rows of manifest %s are left out, such as in '%s'"
                .formatted(what, counted(found, count), name, ShownText.name(found.<String>getAs(example))));
    }

    private Row find() {
        Column broken = col(ManifestSource.BROKEN_ROW).isNotNull();
        Column noUri = broken.or(col(ManifestColumns.URI).isNotNull()).equalTo(false);
        Column unknownSplit = broken.or(
                        coalesce(col(ManifestColumns.SPLIT).isInCollection(Split.columnValues()), lit(true)))
                .equalTo(false);
        Column replaced = when(
                broken.equalTo(false),
                coalesce(
                        replacedText(ManifestColumns.LABEL, ManifestColumns.LABEL),
                        replacedText(ManifestColumns.SPLIT, ManifestColumns.SPLIT),
                        replacedText(ManifestColumns.URI, WRITTEN_URI)));
        Column list = expr("json_array_length(" + ManifestColumns.LABEL + ")").isNotNull();
        Column stripped = col(WRITTEN_LABEL).notEqual(col(ManifestColumns.LABEL));
        Column split = ManifestReader.textOrNull(col(WRITTEN_SPLIT));
        Column strippedSplit = col(WRITTEN_SPLIT).notEqual(split);
        Column labelled = broken.equalTo(false).and(col(ManifestColumns.LABEL).isNotNull());
        return manifest.agg(
                        count(lit(1)).as(COUNT),
                        count(when(broken, 1)).as(BROKEN),
                        min(when(broken, col(ManifestSource.BROKEN_ROW))).as("broken_example"),
                        count(when(noUri, 1)).as(NO_URI),
                        min(when(noUri, coalesce(col(WRITTEN_URI), lit("")))).as("no_uri_example"),
                        count(replaced).as(REPLACED),
                        min(when(replaced.isNotNull(), struct(replaced, col(WRITTEN_URI))))
                                .as("replaced_example"),
                        count(when(unknownSplit, 1)).as(UNKNOWN_SPLIT),
                        min(when(unknownSplit, struct(col(ManifestColumns.SPLIT), col(WRITTEN_URI))))
                                .as("split_example"),
                        count(when(list, 1)).as(LIST),
                        min(when(list, struct(col(ManifestColumns.LABEL), col(WRITTEN_URI))))
                                .as("list_example"),
                        count(when(stripped, 1)).as(STRIPPED_LABEL),
                        min(when(stripped, col(WRITTEN_LABEL))).as("stripped_example"),
                        count(when(stripped.or(LabelSpellings.isUnusual()), 1)).as(UNUSUAL_LABEL),
                        count(when(LabelSpellings.hasUpperCase(), 1)).as(UPPER_CASE_LABEL),
                        count(when(labelled, 1)).as(LABELLED),
                        count(when(strippedSplit, 1)).as(STRIPPED_SPLIT),
                        min(when(strippedSplit, col(WRITTEN_SPLIT))).as("stripped_split_example"),
                        count(when(labelled.and(split.isNull()), 1)).as(DEALT),
                        max(everyValue()).as("hash"))
                .first();
    }

    private static Column replacedText(String column, String shown) {
        return when(Utf8.isReplacedIn(col(column)), col(shown));
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

    private List<String> rowProblems() {
        List<String> problems = new ArrayList<>();
        if (counted(found, COUNT) == 0) {
            problems.add(problem("it has no rows"));
        }
        if (counted(found, BROKEN) > 0) {
            problems.add(problem("rows that cannot be parsed: %d, such as %s; %s"
                    .formatted(
                            counted(found, BROKEN),
                            UriCredentials.redacted(found.<String>getAs("broken_example")),
                            isUtf8() ? QUOTE : QUOTE + ", and save it as UTF-8, which it is not")));
        }
        if (counted(found, NO_URI) > 0) {
            problems.add(problem("rows without a usable uri: %d, such as '%s'"
                    .formatted(counted(found, NO_URI), found.<String>getAs("no_uri_example"))));
        }
        if (counted(found, REPLACED) > 0 && !isUtf8()) {
            problems.add(problem(
                    "it is not UTF-8: rows whose uri, label or split has other bytes: %d, such as %s; save it as UTF-8"
                            .formatted(counted(found, REPLACED), example(found.getAs("replaced_example")))));
        }
        if (counted(found, UNKNOWN_SPLIT) > 0) {
            problems.add(problem("rows of an unknown split: %d, such as %s; expected one of %s, or nothing"
                    .formatted(
                            counted(found, UNKNOWN_SPLIT),
                            example(found.getAs("split_example")),
                            String.join(", ", Split.columnValues()))));
        }
        if (counted(found, LIST) > 0) {
            problems.add(problem("rows whose label is a list: %d, such as %s; an image has one class"
                    .formatted(counted(found, LIST), example(found.getAs("list_example")))));
        }
        return problems;
    }

    /** Found out once: the files are read for it. */
    private boolean isUtf8() {
        if (encoded == null) {
            encoded = source.isUtf8();
        }
        return encoded;
    }

    private List<String> duplicates() {
        // Two that differ in user and secret only look the same here; both are rejected when they are read.
        Row doubled = manifest.where(not(col(ManifestColumns.URI).contains("://" + UriCredentials.REDACTED + "@")))
                .groupBy(ManifestColumns.URI)
                .count()
                .filter(col(COUNT).gt(1))
                .agg(
                        count(lit(1)).as("uris"),
                        sum(COUNT).as("rows"),
                        min(ManifestColumns.URI).as("example"))
                .first();
        if (counted(doubled, "uris") == 0) {
            return List.of();
        }
        return List.of(problem("uris that stand on more than one row: %d, on %d rows, such as %s"
                .formatted(counted(doubled, "uris"), counted(doubled, "rows"), doubled.<String>getAs("example"))));
    }

    private String problem(String reason) {
        return "Invalid manifest: %s (%s)".formatted(name, reason);
    }

    private static String example(Row example) {
        return "'%s' of %s".formatted(ShownText.name(example.getString(0)), ShownText.name(example.getString(1)));
    }

    private static long counted(Row row, String column) {
        return row.<Long>getAs(column);
    }
}
