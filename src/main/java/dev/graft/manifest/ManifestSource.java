package dev.graft.manifest;

import dev.graft.settings.InvalidInputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The rows of a manifest as they are written, of any format; a row that cannot be parsed keeps its text. */
final class ManifestSource {
    /** The text of a row that cannot be parsed, null in all others; absent when the format has no such rows. */
    static final String BROKEN_ROW = "_broken_row";

    private final SparkSession spark;
    private final Path path;
    private final ManifestFormat format;

    private ManifestSource(SparkSession spark, Path path, ManifestFormat format) {
        this.spark = spark;
        this.path = path;
        this.format = format;
    }

    static ManifestSource at(SparkSession spark, String uri) {
        try {
            QualifiedPath manifest = QualifiedPath.of(spark, uri);
            FileStatus status = manifest.files().getFileStatus(manifest.path());
            ManifestFormat format = format(manifest.files(), status).orElseThrow(() -> unknownFormat(uri));
            return new ManifestSource(spark, manifest.path(), format);
        } catch (FileNotFoundException e) {
            throw new InvalidInputException("Cannot read manifest " + uri + ": no such file", e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read manifest " + uri, e);
        }
    }

    /** The qualified path. */
    Path path() {
        return path;
    }

    Dataset<Row> rows() {
        return switch (format) {
            case CSV -> csv();
            case JSON_LINES -> reader().option("primitivesAsString", true).json(escaped());
            case PARQUET -> reader().parquet(escaped());
        };
    }

    private Dataset<Row> csv() {
        StructType header = csvReader().csv(escaped()).schema();
        StructType schema = header.add(BROKEN_ROW, DataTypes.StringType);
        return csvReader().schema(schema).csv(escaped());
    }

    private DataFrameReader csvReader() {
        return reader().option("header", true)
                .option("escape", "\"")
                .option("enforceSchema", false)
                .option("columnPruning", false);
    }

    private DataFrameReader reader() {
        return spark.read().option("columnNameOfCorruptRecord", BROKEN_ROW);
    }

    /** The path with the characters escaped that Spark's readers take for a pattern. */
    private String escaped() {
        return path.toString().replaceAll("[\\\\{}\\[\\]*?]", "\\\\$0");
    }

    private static Optional<ManifestFormat> format(FileSystem files, FileStatus status) throws IOException {
        return status.isDirectory()
                ? formatOfContent(files, status.getPath())
                : ManifestFormat.ofName(status.getPath().getName());
    }

    private static Optional<ManifestFormat> formatOfContent(FileSystem files, Path directory) throws IOException {
        RemoteIterator<LocatedFileStatus> content = files.listFiles(directory, true);
        while (content.hasNext()) {
            String name = content.next().getPath().getName();
            if (!ImageNames.isHidden(name)) {
                return ManifestFormat.ofName(name);
            }
        }
        return Optional.empty();
    }

    private static InvalidInputException unknownFormat(String uri) {
        return new InvalidInputException(
                "Invalid manifest: %s (expected .csv, .csv.gz, .json, .jsonl or .parquet, or a ".formatted(uri)
                        + "directory of such files)");
    }
}
