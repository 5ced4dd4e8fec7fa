package dev.graft.manifest;

import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The one place that reads tables from storage. Their paths are taken as they are: no character is a pattern. */
public final class Tables {
    /**
     * Options of Spark's readers and writers for files that people edit. On the local disk Hadoop writes a {@code .crc}
     * file beside each file, and refuses a file that was edited since.
     */
    public static final Map<String, String> WITHOUT_CHECKSUMS =
            Map.of("fs.file.impl", RawLocalFileSystem.class.getName(), "fs.file.impl.disable.cache", "true");

    private Tables() {}

    /** The table of a directory of Parquet files, or of one. */
    public static Dataset<Row> read(SparkSession spark, String uri) {
        return spark.read().parquet(literal(uri));
    }

    /** The table of a directory of Parquet files, or of one. */
    public static Dataset<Row> read(SparkSession spark, Path path) {
        return read(spark, path.toString());
    }

    /**
     * A table whose columns are known; one that has lost its files has no rows.
     *
     * @param schema of its files
     */
    public static Dataset<Row> read(SparkSession spark, String uri, StructType schema) {
        return spark.read().schema(schema).parquet(literal(uri));
    }

    /** A column's name as an expression of Spark takes it, whatever characters it has. */
    public static String quoted(String column) {
        return "`" + column.replace("`", "``") + "`";
    }

    /** Reads files that people edit; takes paths that are {@link #literal}. */
    static DataFrameReader ofPeople(SparkSession spark) {
        return spark.read().options(WITHOUT_CHECKSUMS);
    }

    /** A path with the characters escaped that Spark's readers take for a pattern. */
    static String literal(String path) {
        return path.replaceAll("[\\\\{}\\[\\]*?]", "\\\\$0");
    }
}
