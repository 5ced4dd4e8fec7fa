package dev.graft.manifest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import dev.graft.settings.InvalidInputException;
import dev.graft.settings.NearestName;
import dev.graft.settings.UriCredentials;
import dev.graft.spark.JobDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/**
 * Reads a manifest: CSV with a header, JSON lines or Parquet.
 *
 * <p>Uris become absolute; those written relative are relative to the directory that holds the manifest. Rows without a
 * split get one by {@link SplitShares}. Blanks around names of columns, labels and splits are left out. Other columns travel along untouched. User and secret of a uri do not get into
 * the table.
 */
public final class ManifestReader {
    private static final Set<String> USUAL_URI_COLUMNS = Set.of(
            "file",
            "files",
            "file_name",
            "filename",
            "filepath",
            "file_path",
            "path",
            "url",
            "image",
            "image_path",
            "image_uri",
            "location");

    private final SparkSession spark;
    private final ManifestSettings settings;
    private final Consumer<String> notes;

    /** @param notes told, in words, what was taken otherwise than it is written */
    public ManifestReader(SparkSession spark, ManifestSettings settings, Consumer<String> notes) {
        this.spark = spark;
        this.settings = settings;
        this.notes = notes;
    }

    /**
     * The rows of the manifest: uri, label, split and the other columns.
     *
     * @throws dev.graft.settings.DataGateException if a label is spelled in two ways that look the same
     * @throws InvalidInputException if the file is missing, is damaged, has no rows or no column of uris, or if rows are
     *     broken, lack a uri, name an unknown split or repeat a uri
     */
    public Dataset<Row> read(String uri) {
        return JobDescription.during(
                spark,
                "Read manifest " + uri,
                () -> ManifestFaults.refusing(uri, () -> checked(ManifestSource.at(spark, uri))));
    }

    private Dataset<Row> checked(ManifestSource source) {
        ManifestCheck plain = check(source);
        ManifestCheck check = !plain.hasBrokenRows()
                ? plain
                : source.withLineBreaks()
                        .map(this::check)
                        .filter(other -> !other.hasBrokenRows())
                        .orElse(plain);
        Dataset<Row> manifest = check.checked();
        source.note().ifPresent(notes);
        check.notes().forEach(notes);
        return manifest;
    }

    private ManifestCheck check(ManifestSource source) {
        Dataset<Row> rows = source.rows();
        ColumnNames columns = ColumnNames.of(List.of(rows.columns()));
        columns.check(source.path().toString());
        Dataset<Row> written = rows.toDF(columns.names().toArray(String[]::new));
        requireColumns(source, columns.names());
        requireText(source, written.schema());
        List<Column> selection = selection(source, columns.names());
        return new ManifestCheck(source, settings, columns, written.select(selection.toArray(Column[]::new)));
    }

    private void requireText(ManifestSource source, StructType written) {
        for (String name : List.of(settings.uriColumn(), settings.labelColumn(), settings.splitColumn())) {
            List<String> names = List.of(written.fieldNames());
            if (names.contains(name) && !isPlain(written.apply(name).dataType())) {
                throw new InvalidInputException(
                        "Invalid manifest: %s (its column %s is a list or a structure, %s; an image has one %s, a text)"
                                .formatted(
                                        source.path(),
                                        name,
                                        written.apply(name).dataType().sql(),
                                        name));
            }
        }
    }

    private static boolean isPlain(DataType type) {
        return !(type instanceof ArrayType) && !(type instanceof MapType) && !(type instanceof StructType);
    }

    private void requireColumns(ManifestSource source, List<String> columns) {
        if (!columns.contains(settings.uriColumn())) {
            throw new InvalidInputException("Invalid manifest: %s (it has no column %s; its columns are %s%s)"
                    .formatted(source.path(), settings.uriColumn(), shown(columns), uriRemedy(columns)));
        }
        for (String reserved : List.of(ManifestColumns.URI, ManifestColumns.LABEL, ManifestColumns.SPLIT)) {
            otherColumns(columns).stream()
                    .filter(reserved::equalsIgnoreCase)
                    .findFirst()
                    .ifPresent(name -> refuseSecond(source, name));
        }
    }

    private void refuseSecond(ManifestSource source, String name) {
        throw new InvalidInputException(
                "Invalid manifest: %s (its column %s is not the one that manifest.columns names; rename it)"
                        .formatted(source.path(), name));
    }

    private static String shown(List<String> columns) {
        List<String> visible = columns.stream()
                .filter(name -> !name.equals(ManifestSource.BROKEN_ROW))
                .toList();
        return visible.isEmpty() ? "unreadable" : String.join(", ", visible);
    }

    private String uriRemedy(List<String> columns) {
        Optional<String> meant = columns.stream()
                .filter(name -> USUAL_URI_COLUMNS.contains(name.toLowerCase(Locale.ROOT)))
                .findFirst();
        return meant.or(() -> NearestName.of(settings.uriColumn(), columns))
                .map(name -> "; to read uris from %s, use --set manifest.columns.uri=%s".formatted(name, name))
                .orElse("");
    }

    private List<Column> selection(ManifestSource source, List<String> columns) {
        List<Column> selection = new ArrayList<>();
        Column uri = quoted(settings.uriColumn()).cast(DataTypes.StringType);
        selection.add(absolute(source).apply(uri).as(ManifestColumns.URI));
        selection.add(textOrNull(written(columns, settings.labelColumn())).as(ManifestColumns.LABEL));
        Column split = Split.canonical(textOrNull(written(columns, settings.splitColumn())));
        selection.add(coalesce(split, assigned().apply(uri)).as(ManifestColumns.SPLIT));
        otherColumns(columns).forEach(name -> selection.add(quoted(name)));
        selection.add(written(columns, settings.labelColumn()).as(ManifestCheck.WRITTEN_LABEL));
        selection.add(redacted().apply(uri).as(ManifestCheck.WRITTEN_URI));
        selection.add(written(columns, settings.splitColumn()).as(ManifestCheck.WRITTEN_SPLIT));
        selection.add(
                columns.contains(ManifestSource.BROKEN_ROW)
                        ? quoted(ManifestSource.BROKEN_ROW)
                        : lit(null).cast(DataTypes.StringType).as(ManifestSource.BROKEN_ROW));
        return selection;
    }

    private List<String> otherColumns(List<String> columns) {
        Set<String> known =
                Set.of(settings.uriColumn(), settings.labelColumn(), settings.splitColumn(), ManifestSource.BROKEN_ROW);
        return columns.stream().filter(name -> !known.contains(name)).toList();
    }

    /** A column's text without the blanks around it, null where there is none. */
    static Column textOrNull(Column written) {
        Column text = stripped().apply(written);
        return when(text.notEqual(""), text);
    }

    private static Column written(List<String> columns, String name) {
        return (columns.contains(name) ? quoted(name) : lit(null)).cast(DataTypes.StringType);
    }

    private static UserDefinedFunction stripped() {
        UDF1<String, String> strip = text -> text == null ? null : Blanks.strip(text);
        return udf(strip, DataTypes.StringType);
    }

    private static UserDefinedFunction absolute(ManifestSource source) {
        ManifestDirectory directory = ManifestDirectory.of(source.path());
        return udf((UDF1<String, String>) directory::resolve, DataTypes.StringType);
    }

    private static UserDefinedFunction redacted() {
        UDF1<String, String> redact = uri -> uri == null ? null : UriCredentials.redactedUri(uri);
        return udf(redact, DataTypes.StringType);
    }

    private UserDefinedFunction assigned() {
        SplitShares shares = settings.shares();
        long seed = settings.seed();
        UDF1<String, String> assign =
                uri -> uri == null ? null : shares.split(uri, seed).columnValue();
        return udf(assign, DataTypes.StringType);
    }

    static Column quoted(String name) {
        return col(Tables.quoted(name));
    }
}
