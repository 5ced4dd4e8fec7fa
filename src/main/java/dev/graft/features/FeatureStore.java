package dev.graft.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.graft.settings.InvalidInputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;

/** Stored features of one specification: {@code STORE/<fingerprint>/}. Rows are added, never changed. */
public final class FeatureStore {
    private static final String SPECIFICATION = "_fingerprint.json";
    private static final String REJECTS = "_rejects";
    private static final String RUNS = "_runs";

    private final SparkSession spark;
    private final Path directory;
    private final FileSystem files;
    private final FeatureSpec spec;

    private FeatureStore(SparkSession spark, Path directory, FileSystem files, FeatureSpec spec) {
        this.spark = spark;
        this.directory = directory;
        this.files = files;
        this.spec = spec;
    }

    /** Opens a store for writing, creating what is not there. */
    public static FeatureStore create(SparkSession spark, String store, FeatureSpec spec) {
        Path directory = new Path(store, spec.fingerprint());
        try {
            FileSystem files = directory.getFileSystem(spark.sessionState().newHadoopConf());
            Path specification = new Path(directory, SPECIFICATION);
            if (!files.exists(specification)) {
                write(files, specification, spec.toJson());
            }
            return new FeatureStore(spark, files.makeQualified(directory), files, spec);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create feature store " + directory, e);
        }
    }

    /** The stores of every fingerprint beneath a directory; none where it is not there. */
    public static List<FeatureStore> in(SparkSession spark, String store) {
        Path root = new Path(store);
        List<FeatureStore> stores = new ArrayList<>();
        try {
            FileSystem files = root.getFileSystem(spark.sessionState().newHadoopConf());
            for (FileStatus child : files.listStatus(root)) {
                Path specification = new Path(child.getPath(), SPECIFICATION);
                if (child.isDirectory() && files.exists(specification)) {
                    FeatureSpec spec = FeatureSpec.fromJson(read(files, specification));
                    stores.add(new FeatureStore(spark, child.getPath(), files, spec));
                }
            }
            return stores;
        } catch (FileNotFoundException e) {
            return List.of();
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    "Cannot open feature store " + store + ": a " + SPECIFICATION
                            + " in it is not what extract writes (" + e.getOriginalMessage() + ")",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open feature store " + store, e);
        }
    }

    public FeatureSpec spec() {
        return spec;
    }

    public String uri() {
        return directory.toString();
    }

    /** The rows, one for each image and view: where an image was changed and extracted again, its latest. */
    public Optional<Dataset<Row>> rows() {
        if (!hasRows()) {
            return Optional.empty();
        }
        Dataset<Row> all = spark.read().parquet(directory.toString());
        var versions = Window.partitionBy(FeatureColumns.URI, FeatureColumns.VIEW);
        Column latest = max(col(FeatureColumns.MODIFIED)).over(versions);
        String newest = "newest";
        return Optional.of(all.withColumn(newest, latest)
                .where(col(newest).equalTo(col(FeatureColumns.MODIFIED)))
                .drop(newest)
                .dropDuplicates(FeatureColumns.URI, FeatureColumns.VIEW));
    }

    private boolean hasRows() {
        try {
            return Arrays.stream(files.listStatus(directory))
                    .anyMatch(file -> file.getPath().getName().endsWith(".parquet"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list feature store " + directory, e);
        }
    }

    /** How many images a run wrote, counted in the store. */
    long written(String run) {
        return hasRows() ? count(directory, FeatureColumns.RUN, run) : 0;
    }

    /** How many images a run rejected, counted in the store. */
    long rejected(String run) {
        Path rejects = new Path(directory, REJECTS);
        try {
            return files.exists(rejects) ? count(rejects, RejectColumns.RUN, run) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open the table of rejects " + rejects, e);
        }
    }

    private long count(Path table, String runColumn, String run) {
        return spark.read()
                .parquet(table.toString())
                .where(col(runColumn).equalTo(run))
                .select(FeatureColumns.URI)
                .distinct()
                .count();
    }

    void append(Dataset<Row> rows) {
        rows.write().mode(SaveMode.Append).parquet(directory.toString());
    }

    void appendRejects(Dataset<Row> rejects) {
        rejects.write().mode(SaveMode.Append).parquet(new Path(directory, REJECTS).toString());
    }

    /** Keeps the record of a run. */
    void keepRun(String run, String json) {
        try {
            write(files, new Path(new Path(directory, RUNS), run + ".json"), json);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the record of run " + run + " to " + directory, e);
        }
    }

    private static void write(FileSystem files, Path path, String text) throws IOException {
        try (FSDataOutputStream out = files.create(path, true)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String read(FileSystem files, Path path) throws IOException {
        try (FSDataInputStream in = files.open(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
