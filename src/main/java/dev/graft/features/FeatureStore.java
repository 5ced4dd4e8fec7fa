package dev.graft.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.graft.decode.RejectReason;
import dev.graft.forward.RejectColumns;
import dev.graft.manifest.Tables;
import dev.graft.settings.InvalidInputException;
import dev.graft.settings.SmallFile;
import dev.graft.storage.LocalDiskException;
import dev.graft.storage.QualifiedPath;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
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
    private static final String KNOWN = "_known";
    /** Where Hadoop's committer writes before it commits. */
    private static final String UNFINISHED = "_temporary";

    private static final String HALF_WRITTEN = ".unfinished";

    private static final String WANTED = "_graft_wanted_sha256";

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
        try {
            QualifiedPath root = QualifiedPath.of(spark, store).withoutChecksums();
            Path directory = new Path(root.path(), spec.fingerprint());
            Path specification = new Path(directory, SPECIFICATION);
            if (!root.files().exists(specification)) {
                writeWhole(root.files(), specification, spec.toJson());
            }
            return new FeatureStore(spark, directory, root.files(), spec);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create feature store " + store, e);
        }
    }

    /** The stores beneath a directory that have features; none where it is not there. */
    public static List<FeatureStore> in(SparkSession spark, String store) {
        List<FeatureStore> stores = new ArrayList<>();
        try {
            QualifiedPath root = QualifiedPath.of(spark, store).withoutChecksums();
            FileSystem files = root.files();
            for (FileStatus child : files.listStatus(root.path())) {
                Path specification = new Path(child.getPath(), SPECIFICATION);
                if (child.isDirectory() && files.exists(specification)) {
                    FeatureSpec spec = FeatureSpec.fromJson(read(files, specification));
                    FeatureStore found = new FeatureStore(spark, child.getPath(), files, spec);
                    if (found.hasRows()) {
                        stores.add(found);
                    }
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

    /**
     * The rows that stand, one for each image and view: where an image was changed and extracted again, those of the
     * latest run; none for an image that a later run rejected.
     */
    public Optional<Dataset<Row>> rows() {
        if (!hasRows()) {
            return Optional.empty();
        }
        String latest = "_graft_latest";
        Dataset<Row> rows = Tables.read(spark, directory)
                .withColumn(latest, max(col(FeatureColumns.RUN)).over(Window.partitionBy(FeatureColumns.URI)))
                .where(col(latest).equalTo(col(FeatureColumns.RUN)))
                .drop(latest);
        return Optional.of(hasRejects() ? withoutRejected(rows) : rows);
    }

    private Dataset<Row> withoutRejected(Dataset<Row> rows) {
        String rejectedUri = "_graft_rejected_uri";
        String rejectedRun = "_graft_rejected_run";
        Dataset<Row> rejects = Tables.read(spark, new Path(directory, REJECTS))
                .groupBy(col(RejectColumns.URI).as(rejectedUri))
                .agg(max(RejectColumns.RUN).as(rejectedRun));
        Column rejectedLater = col(rejectedUri)
                .equalTo(col(FeatureColumns.URI))
                .and(col(rejectedRun).gt(col(FeatureColumns.RUN)));
        return rows.join(rejects, rejectedLater, "left_anti");
    }

    /** A row for each image that features were ever made of, with the digest of its content; empty where there is none. */
    Optional<Dataset<Row>> contents() {
        return hasRows()
                ? Optional.of(Tables.read(spark, directory)
                        .where(col(FeatureColumns.VIEW).equalTo(0))
                        .select(FeatureColumns.CONTENT_SHA256))
                : Optional.empty();
    }

    /**
     * The features of some contents, in every view, once for each content that there are features of.
     *
     * @param wanted rows with content_sha256
     */
    Optional<Dataset<Row>> featuresOf(Dataset<Row> wanted) {
        if (!hasRows()) {
            return Optional.empty();
        }
        Dataset<Row> stored = Tables.read(spark, directory)
                .select(FeatureColumns.CONTENT_SHA256, FeatureColumns.VIEW, FeatureColumns.FEATURES);
        Dataset<Row> contents =
                wanted.select(col(FeatureColumns.CONTENT_SHA256).as(WANTED)).distinct();
        return Optional.of(
                stored.join(contents, col(FeatureColumns.CONTENT_SHA256).equalTo(col(WANTED)), "left_semi")
                        .dropDuplicates(FeatureColumns.CONTENT_SHA256, FeatureColumns.VIEW));
    }

    /**
     * Why some images were rejected, by the latest run that did: a row of {@link RejectColumns} for each.
     *
     * @param images rows with uri; those that were never rejected have no row
     */
    public Optional<Dataset<Row>> rejects(Dataset<Row> images) {
        if (!hasRejects()) {
            return Optional.empty();
        }
        String latest = "_graft_latest";
        Dataset<Row> rejects = Tables.read(spark, new Path(directory, REJECTS))
                .withColumn(latest, max(col(RejectColumns.RUN)).over(Window.partitionBy(RejectColumns.URI)))
                .where(col(latest).equalTo(col(RejectColumns.RUN)))
                .drop(latest)
                .dropDuplicates(RejectColumns.URI);
        return Optional.of(rejects.join(
                images, rejects.col(RejectColumns.URI).equalTo(images.col(FeatureColumns.URI)), "left_semi"));
    }

    /** The last of the runs that wrote or rejected an image; empty where none did. */
    Optional<String> latestRun() {
        Optional<String> wrote = hasRows() ? latest(directory, FeatureColumns.RUN) : Optional.empty();
        Optional<String> rejected =
                hasRejects() ? latest(new Path(directory, REJECTS), RejectColumns.RUN) : Optional.empty();
        return Stream.concat(wrote.stream(), rejected.stream()).max(Comparator.naturalOrder());
    }

    private Optional<String> latest(Path table, String runColumn) {
        return Optional.ofNullable(
                Tables.read(spark, table).agg(max(runColumn)).first().getString(0));
    }

    /**
     * The rows of a manifest with their columns in the types that the store has, so that readers can read it whole.
     *
     * @param told, in words, which columns have another type in the store
     */
    public Dataset<Row> fitted(Dataset<Row> manifest, Consumer<String> told) {
        return hasRows()
                ? new StoredTypes(Tables.read(spark, directory).schema(), uri()).fitted(manifest, told)
                : manifest;
    }

    /** Where a reader finds why images were rejected. */
    public String rejects() {
        return "see the table " + new Path(directory, REJECTS) + " for reasons";
    }

    private boolean hasRejects() {
        return isWritten(new Path(directory, REJECTS));
    }

    private boolean hasRows() {
        return isWritten(directory);
    }

    /** Whether a table has a file; its directory alone may be what a killed run left. */
    private boolean isWritten(Path table) {
        try {
            return Arrays.stream(files.listStatus(table))
                    .anyMatch(file -> file.getPath().getName().endsWith(".parquet"));
        } catch (FileNotFoundException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + table + " of a feature store", e);
        }
    }

    /** How many images a run wrote, counted in the store. */
    long written(String run) {
        return hasRows() ? count(directory, FeatureColumns.RUN, run) : 0;
    }

    /** How many images a run rejected, counted in the store. */
    long rejected(String run) {
        return hasRejects() ? count(new Path(directory, REJECTS), RejectColumns.RUN, run) : 0;
    }

    /** How many of the images that a run rejected took too long, counted in the store. */
    long timedOut(String run) {
        return Tables.read(spark, new Path(directory, REJECTS))
                .where(col(RejectColumns.RUN).equalTo(run))
                .where(col(RejectColumns.REASON).equalTo(RejectReason.TIMED_OUT.id()))
                .count();
    }

    private long count(Path table, String runColumn, String run) {
        return Tables.read(spark, table)
                .where(col(runColumn).equalTo(run))
                .select(FeatureColumns.URI)
                .distinct()
                .count();
    }

    /**
     * Removes what a killed run left in the middle of writing; Spark's committer would take it for its own, and images
     * would be there twice.
     */
    void discardUnfinished() {
        List<Path> left = List.of(
                new Path(directory, UNFINISHED),
                new Path(new Path(directory, REJECTS), UNFINISHED),
                new Path(directory, KNOWN));
        left.forEach(this::discard);
        discardUnfinishedSpecifications();
    }

    private void discardUnfinishedSpecifications() {
        try {
            for (FileStatus file : files.listStatus(directory)) {
                if (file.getPath().getName().endsWith(HALF_WRITTEN)) {
                    discard(file.getPath());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list feature store " + directory + ": " + e.getMessage(), e);
        }
    }

    void append(Dataset<Row> rows) {
        rows.write().mode(SaveMode.Append).parquet(directory.toString());
    }

    void appendRejects(Dataset<Row> rejects) {
        rejects.write().mode(SaveMode.Append).parquet(new Path(directory, REJECTS).toString());
    }

    /** Keeps images whose features a run will take from the store, while it goes on. */
    void keepKnown(String run, Dataset<Row> images) {
        images.write().mode(SaveMode.Append).parquet(knownOf(run).toString());
    }

    /**
     * The images that {@link #keepKnown} kept and that the run has no features of; empty where it kept none. An image has
     * both where a partition was written, lost with its executor, and computed again.
     */
    Optional<Dataset<Row>> known(String run) {
        Path known = knownOf(run);
        try {
            if (!files.exists(known)) {
                return Optional.empty();
            }
            Dataset<Row> images = Tables.read(spark, known);
            return Optional.of(hasRows() ? withoutWritten(images, run) : images);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open " + known, e);
        }
    }

    /** The images that a run has neither written nor rejected. */
    Dataset<Row> withoutOutcome(Dataset<Row> images, String run) {
        Dataset<Row> others = hasRows() ? withoutWritten(images, run) : images;
        Path rejects = new Path(directory, REJECTS);
        return hasRejects() ? without(others, rejects, RejectColumns.RUN, run) : others;
    }

    private Dataset<Row> withoutWritten(Dataset<Row> images, String run) {
        return without(images, directory, FeatureColumns.RUN, run);
    }

    private Dataset<Row> without(Dataset<Row> images, Path table, String runColumn, String run) {
        String theirUri = "_graft_uri_of_run";
        Dataset<Row> theirs = Tables.read(spark, table)
                .where(col(runColumn).equalTo(run))
                .select(col(FeatureColumns.URI).as(theirUri));
        return images.join(theirs, col(theirUri).equalTo(images.col(FeatureColumns.URI)), "left_anti");
    }

    /** Removes what {@link #keepKnown} kept. */
    void forgetKnown(String run) {
        discard(knownOf(run));
    }

    private void discard(Path left) {
        try {
            files.delete(left, true);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + left + ", which a run left", e);
        }
    }

    private Path knownOf(String run) {
        return new Path(new Path(directory, KNOWN), run);
    }

    /** Keeps the record of a run. */
    void keepRun(String run, String json) {
        try {
            write(files, new Path(new Path(directory, RUNS), run + ".json"), json);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the record of run " + run + " to " + directory, e);
        }
    }

    /**
     * Writes beside the target and renames, so that nobody ever reads half of it. Where another run does the same at the
     * same moment, its file stays; it may have taken this one for what a killed run left.
     */
    private static void writeWhole(FileSystem files, Path path, String text) throws IOException {
        Path unfinished = path.suffix("." + UUID.randomUUID() + HALF_WRITTEN);
        try {
            write(files, unfinished, text);
            if (!files.rename(unfinished, path)) {
                files.delete(unfinished, false);
            }
        } catch (IOException e) {
            if (!files.exists(path)) {
                throw e;
            }
        }
    }

    private static void write(FileSystem files, Path path, String text) throws IOException {
        try (FSDataOutputStream out = files.create(path, true)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (FSError e) {
            throw new LocalDiskException(path, e);
        }
    }

    private static String read(FileSystem files, Path path) throws IOException {
        return new String(SmallFile.read(files, path, SmallFile.DESCRIPTION_BYTES), StandardCharsets.UTF_8);
    }
}
