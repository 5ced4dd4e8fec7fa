package dev.graft.manifest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_csv;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import dev.graft.settings.InvalidInputException;
import dev.graft.settings.UriCredentials;
import dev.graft.spark.JobDescription;
import dev.graft.storage.QualifiedPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * Makes a manifest from a directory with one folder for each class.
 *
 * <p>When the folders are named after splits and hold the class folders, those are the splits; otherwise an image's
 * split is that of its path below the directory by {@link SplitShares}, so that it is the same wherever directory and
 * manifest lie. Executors list the class folders; the driver holds no list of images.
 */
public final class DirectoryManifest {
    private static final List<String> SUFFIXES = List.of(".csv", ".jsonl", ".json", ".parquet");
    private static final Map<String, String> CSV_OPTIONS =
            Map.of("escape", "\"", "ignoreLeadingWhiteSpace", "false", "ignoreTrailingWhiteSpace", "false");

    private final SparkSession spark;
    private final ManifestSettings settings;

    public DirectoryManifest(SparkSession spark, ManifestSettings settings) {
        this.spark = spark;
        this.settings = settings;
    }

    /**
     * Writes a manifest with the columns uri, label and split, sorted by uri. Uris are relative to the manifest where
     * the images lie beneath its directory.
     *
     * @param images uri of the directory
     * @param out uri of the manifest; its suffix is the format: {@code .csv}, {@code .jsonl} or {@code .parquet}
     * @throws InvalidInputException if there are no class folders, or no images in them, if a name cannot be said here, or if
     *     the manifest exists
     */
    public ManifestSummary write(String images, String out, ExistingManifest existing) {
        if (UriCredentials.isIn(images)) {
            throw new InvalidInputException(
                    "Cannot make manifest of %s: its uris would hold the user and the secret (give them in Spark's settings)"
                            .formatted(UriCredentials.redactedUri(images)));
        }
        return JobDescription.during(spark, "Make manifest of " + images, () -> {
            try {
                return written(QualifiedPath.of(spark, images), QualifiedPath.of(spark, out), existing);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot make manifest of " + images, e);
            }
        });
    }

    private ManifestSummary written(QualifiedPath images, QualifiedPath out, ExistingManifest existing)
            throws IOException {
        ManifestFormat format = format(out.path());
        ManifestFile manifest = new ManifestFile(out, existing);
        manifest.check();
        ClassFolders folders = ClassFolders.in(images, out.path());
        if (settings.sharesAreGiven()) {
            folders.splits().forEach(split -> folders.notes().add(ListingNote.Kind.GIVEN_SPLITS, split.toString()));
        }
        Dataset<Row> files = withSplits(FolderListing.files(spark, images.path(), folders.folders()), images.path())
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            ManifestSummary summary = summary(images.path(), folders, files);
            Dataset<Row> rows = rows(files, ManifestDirectory.of(out.path()));
            manifest.write(unfinished -> {
                if (format == ManifestFormat.PARQUET) {
                    rows.write().options(Tables.WITHOUT_CHECKSUMS).parquet(unfinished.toString());
                } else {
                    manifest.writeLines(unfinished, header(format), lines(rows, format));
                }
            });
            return summary;
        } finally {
            files.unpersist();
        }
    }

    private static ManifestFormat format(Path out) {
        String name = out.getName().toLowerCase(Locale.ROOT);
        if (SUFFIXES.stream().noneMatch(name::endsWith)) {
            throw new InvalidInputException("Invalid manifest: %s (expected a name that ends in %s)"
                    .formatted(out, String.join(", ", SUFFIXES)));
        }
        return ManifestFormat.ofName(name).orElseThrow();
    }

    private Dataset<Row> withSplits(Dataset<Row> files, Path root) {
        SplitShares shares = settings.shares();
        long seed = settings.seed();
        ManifestDirectory directory = ManifestDirectory.of(new Path(root, "manifest"));
        UserDefinedFunction assigned = udf(
                (UDF1<String, String>)
                        file -> shares.split(directory.relativize(file), seed).columnValue(),
                DataTypes.StringType);
        Column split = coalesce(col(ManifestColumns.SPLIT), assigned.apply(col(FolderListing.FILE)));
        return files.withColumn(ManifestColumns.SPLIT, when(isImage(), split));
    }

    private static ManifestSummary summary(Path root, ClassFolders folders, Dataset<Row> files) {
        FolderCounts found = new FolderCounts(
                files.groupBy(FolderListing.FOLDER, ManifestColumns.LABEL, ManifestColumns.SPLIT, FolderListing.NOTE)
                        .agg(
                                count(lit(1)).as(ImageCounts.IMAGES),
                                min(FolderListing.FILE).as(FolderCounts.EXAMPLE))
                        .collectAsList());
        ImageCounts images = found.images();
        found.addTo(folders.notes(), folders.folders());
        List<ListingNote> notes = folders.notes().all();
        if (images.total() == 0) {
            throw new InvalidInputException("Cannot list images in %s: there are none in its %d class folders (%s)"
                    .formatted(
                            root,
                            folders.folders().size(),
                            notes.stream().map(ListingNote::text).collect(Collectors.joining("; "))));
        }
        return new ManifestSummary(images, notes);
    }

    private static Dataset<Row> rows(Dataset<Row> files, ManifestDirectory directory) {
        UserDefinedFunction relativized = udf((UDF1<String, String>) directory::relativize, DataTypes.StringType);
        return files.filter(isImage())
                .select(
                        relativized.apply(col(FolderListing.FILE)).as(ManifestColumns.URI),
                        col(ManifestColumns.LABEL),
                        col(ManifestColumns.SPLIT))
                .sort(ManifestColumns.URI);
    }

    private static Column isImage() {
        Object[] kinds = Arrays.stream(ListingNote.Kind.values())
                .filter(ListingNote.Kind::isImage)
                .map(ListingNote.Kind::name)
                .toArray();
        return col(FolderListing.NOTE).isNull().or(col(FolderListing.NOTE).isin(kinds));
    }

    private static List<String> header(ManifestFormat format) {
        return format == ManifestFormat.CSV
                ? List.of(String.join(",", ManifestColumns.URI, ManifestColumns.LABEL, ManifestColumns.SPLIT))
                : List.of();
    }

    private static Iterator<String> lines(Dataset<Row> rows, ManifestFormat format) {
        Column row = struct(col(ManifestColumns.URI), col(ManifestColumns.LABEL), col(ManifestColumns.SPLIT));
        Column line = format == ManifestFormat.CSV ? to_csv(row, CSV_OPTIONS) : to_json(row);
        return rows.select(line).as(Encoders.STRING()).toLocalIterator();
    }
}
