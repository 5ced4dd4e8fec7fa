package dev.graft.manifest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import dev.graft.settings.InvalidInputException;
import dev.graft.settings.NearestName;
import dev.graft.settings.UriCredentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/**
 * Reads a manifest: CSV with a header, JSON lines or Parquet.
 *
 * <p>Uris become absolute; those written relative are relative to the directory that holds the manifest. Rows without a
 * split get one by {@link SplitShares}. Other columns travel along untouched. User and secret of a uri do not get into
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

    public ManifestReader(SparkSession spark, ManifestSettings settings) {
        this.spark = spark;
        this.settings = settings;
    }

    /**
     * The rows of the manifest: uri, label, split and the other columns.
     *
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
        Dataset<Row> written = source.rows();
        List<String> columns = List.of(written.columns());
        requireColumns(source, columns);
        Dataset<Row> manifest = written.select(selection(source, columns));
        new ManifestCheck(source.path().toString(), manifest).run();
        return manifest.drop(ManifestSource.BROKEN_ROW, ManifestCheck.WRITTEN_URI);
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

    private Column[] selection(ManifestSource source, List<String> columns) {
        List<Column> selection = new ArrayList<>();
        Column uri = quoted(settings.uriColumn()).cast(DataTypes.StringType);
        selection.add(absolute(source).apply(uri).as(ManifestColumns.URI));
        selection.add(textOrNull(columns, settings.labelColumn()).as(ManifestColumns.LABEL));
        Column split = textOrNull(columns, settings.splitColumn());
        selection.add(coalesce(split, assigned().apply(uri)).as(ManifestColumns.SPLIT));
        otherColumns(columns).forEach(name -> selection.add(quoted(name)));
        selection.add(redacted().apply(uri).as(ManifestCheck.WRITTEN_URI));
        selection.add(
                columns.contains(ManifestSource.BROKEN_ROW)
                        ? quoted(ManifestSource.BROKEN_ROW)
                        : lit(null).cast(DataTypes.StringType).as(ManifestSource.BROKEN_ROW));
        return selection.toArray(Column[]::new);
    }

    private List<String> otherColumns(List<String> columns) {
        Set<String> known =
                Set.of(settings.uriColumn(), settings.labelColumn(), settings.splitColumn(), ManifestSource.BROKEN_ROW);
        return columns.stream().filter(name -> !known.contains(name)).toList();
    }

    private static Column textOrNull(List<String> columns, String name) {
        if (!columns.contains(name)) {
            return lit(null).cast(DataTypes.StringType);
        }
        Column text = quoted(name).cast(DataTypes.StringType);
        return when(trim(text).notEqual(""), text);
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
        return col("`" + name.replace("`", "``") + "`");
    }
}
