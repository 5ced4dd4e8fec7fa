package dev.graft.manifest;

import dev.graft.settings.InvalidInputException;
import dev.graft.storage.QualifiedPath;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The rows of a manifest as they are written, of any format; a row that cannot be parsed keeps its text. */
final class ManifestSource {
    /** The text of a row that cannot be parsed, null in all others; absent when the format has no such rows. */
    static final String BROKEN_ROW = "_broken_row";

    private final SparkSession spark;
    private final FileSystem storage;
    private final ManifestParts parts;
    private final ManifestFormat format;
    private final boolean breaksLines;

    private ManifestSource(
            SparkSession spark, FileSystem storage, ManifestParts parts, ManifestFormat format, boolean breaksLines) {
        this.spark = spark;
        this.storage = storage;
        this.parts = parts;
        this.format = format;
        this.breaksLines = breaksLines;
    }

    static ManifestSource at(SparkSession spark, String uri) {
        try {
            QualifiedPath manifest = QualifiedPath.of(spark, uri).withoutChecksums();
            FileStatus status = manifest.files().getFileStatus(manifest.path());
            ManifestParts parts = ManifestParts.of(manifest.files(), manifest.path());
            ManifestFormat format = format(status, parts).orElseThrow(() -> unknownFormat(uri));
            return new ManifestSource(spark, manifest.files(), parts, format, false);
        } catch (FileNotFoundException e) {
            throw new InvalidInputException("Cannot read manifest " + uri + ": no such file", e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read manifest " + uri, e);
        }
    }

    /** The qualified path. */
    Path path() {
        return parts.manifest();
    }

    /** What of the manifest is not read, for people. */
    Optional<String> note() {
        return parts.note();
    }

    /** Whether a text is what stands in the files, and not what Spark made of other bytes. They are read once more for that. */
    boolean isUtf8() {
        try {
            for (Path file : parts.files()) {
                if (format != ManifestFormat.PARQUET && !Utf8.isEncodingOf(storage, file)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read manifest " + path(), e);
        }
    }

    /** The same where quoted values may have line breaks, which takes one task for each file; of CSV alone. */
    Optional<ManifestSource> withLineBreaks() {
        return format == ManifestFormat.CSV
                ? Optional.of(new ManifestSource(spark, storage, parts, format, true))
                : Optional.empty();
    }

    /** The rows, with the columns' names as they are written. */
    Dataset<Row> rows() {
        Set<String> folders = parts.folderColumns();
        return switch (format) {
            case CSV -> csv(folders);
            case JSON_LINES -> json(folders);
            case PARQUET -> parquet(folders);
        };
    }

    private Dataset<Row> csv(Set<String> folders) {
        try {
            List<String> header = new ArrayList<>(CsvHeader.of(storage, parts));
            header.addAll(folders);
            header.add(BROKEN_ROW);
            ColumnNames.of(header).check(path().toString());
            StructType schema = new StructType();
            for (String name : header) {
                schema = schema.add(name, DataTypes.StringType);
            }
            return csvReader().schema(schema).csv(literal());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the header of manifest " + path(), e);
        }
    }

    private DataFrameReader csvReader() {
        return reader().option("header", true)
                .option("escape", "\"")
                .option("multiLine", breaksLines)
                .option("columnPruning", false);
    }

    private Dataset<Row> json(Set<String> folders) {
        Dataset<Row> found = reader().option("primitivesAsString", true).json(literal());
        return folders.isEmpty()
                ? found
                : reader().schema(asText(found.schema(), folders)).json(literal());
    }

    private Dataset<Row> parquet(Set<String> folders) {
        requireOf(parts -> ParquetColumns.requireSame(spark, parts));
        Dataset<Row> found = reader().parquet(literal());
        requireOf(parts -> ParquetPages.requireWhole(spark, parts));
        return folders.isEmpty()
                ? found
                : reader().schema(asText(found.schema(), folders)).parquet(literal());
    }

    /** Spark takes the columns of one file for those of all, and some damage makes it read for ever. */
    private void requireOf(PartsCheck check) {
        try {
            check.check(parts);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read manifest " + path(), e);
        }
    }

    /** Refuses files that Spark would not. */
    @FunctionalInterface
    private interface PartsCheck {
        void check(ManifestParts parts) throws IOException;
    }

    /** Spark takes {@code label=001} for a number, and so for {@code label=1}; a folder's name is text. */
    private static StructType asText(StructType found, Set<String> folders) {
        StructType schema = new StructType();
        for (StructField field : found.fields()) {
            schema =
                    folders.contains(field.name()) ? schema.add(field.name(), DataTypes.StringType) : schema.add(field);
        }
        return schema;
    }

    private DataFrameReader reader() {
        return Tables.ofPeople(spark).option("columnNameOfCorruptRecord", BROKEN_ROW);
    }

    private String literal() {
        return Tables.literal(path().toString());
    }

    private static Optional<ManifestFormat> format(FileStatus status, ManifestParts parts) {
        if (!status.isDirectory()) {
            return ManifestFormat.ofName(status.getPath().getName());
        }
        return parts.files().stream().findFirst().flatMap(file -> ManifestFormat.ofName(file.getName()));
    }

    private static InvalidInputException unknownFormat(String uri) {
        return new InvalidInputException(
                "Invalid manifest: %s (expected .csv, .csv.gz, .json, .jsonl or .parquet, or a ".formatted(uri)
                        + "directory of such files)");
    }
}
