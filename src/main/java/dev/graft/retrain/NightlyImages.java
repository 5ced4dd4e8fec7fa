package dev.graft.retrain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import dev.graft.base.Base;
import dev.graft.decode.ImageDecoder;
import dev.graft.features.FeatureColumns;
import dev.graft.features.FeatureStore;
import dev.graft.forward.Accounting;
import dev.graft.manifest.DirectoryManifest;
import dev.graft.manifest.ExistingManifest;
import dev.graft.manifest.ImageCounts;
import dev.graft.manifest.ListingNote;
import dev.graft.manifest.ManifestColumns;
import dev.graft.manifest.ManifestSummary;
import dev.graft.manifest.Tables;
import dev.graft.pipeline.Examples;
import dev.graft.pipeline.LockedStore;
import dev.graft.pipeline.RetrainSettings;
import dev.graft.pipeline.RunContext;
import dev.graft.pipeline.TrainingInputs;
import dev.graft.publish.BuildVersions;
import dev.graft.storage.LocalDiskException;
import dev.graft.storage.Sha256;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;

/**
 * The images of a night with their features.
 *
 * @param listing what lies beside the images, where the run listed them
 * @param accounting of every image
 * @param seconds that listing and extraction took
 * @param key of the images' contents, labels and splits, of the settings and of the software: two runs with the same key
 *     give the same
 */
record NightlyImages(
        TrainingInputs inputs,
        FeatureStore store,
        List<ListingNote> listing,
        Accounting accounting,
        double seconds,
        String key) {
    /** The table of a run with uri, label, split and content_sha256 of every image. */
    static final String IMAGES = "images";

    private static final String MANIFEST = "manifest.parquet";
    private static final int KEY_DIGITS = 16;

    /** Lists the images where that is asked for, and computes the features that the store does not have. */
    static NightlyImages extract(RunContext run, Runs runs) {
        long start = System.nanoTime();
        RetrainSettings settings = run.stages().retrain();
        if (!settings.fineTune()) {
            run.stages().unusedAugmentation().ifPresent(run.log()::note);
        }
        run.stages().unusedFineTuning().ifPresent(run.log()::note);
        Base base = run.openBase();
        try (LockedStore store = run.openStore(settings.store(), base)) {
            Manifest manifest = manifest(run, settings, runs);
            TrainingInputs inputs = TrainingInputs.count(run, manifest.uri(), manifest.rows(), base);
            Accounting accounting = run.extract(inputs.manifest(), base, store);
            run.tell(accounting, inputs.manifest(), store.features());
            run.log().note("features " + store.features().uri());
            String key = key(run, inputs, store.features());
            double seconds = (System.nanoTime() - start) / 1e9;
            return new NightlyImages(
                    inputs.identifiedBy(key), store.features(), manifest.notes(), accounting, seconds, key);
        }
    }

    /** The manifest of the night, and what is not in it. */
    private record Manifest(String uri, Dataset<Row> rows, List<ListingNote> notes) {}

    private static Manifest manifest(RunContext run, RetrainSettings settings, Runs runs) {
        Optional<String> images = settings.images();
        if (images.isEmpty()) {
            String given = settings.manifest().orElseThrow();
            return new Manifest(given, run.read(given), List.of());
        }
        String manifest = new Path(runs.directory(), MANIFEST).toString();
        ManifestSummary summary = new DirectoryManifest(
                        run.spark(), run.stages().manifest())
                .write(images.get(), manifest, ExistingManifest.REPLACE);
        run.log().listed(summary.notes());
        return new Manifest(manifest, run.readWritten(manifest), summary.notes());
    }

    private static String key(RunContext run, TrainingInputs inputs, FeatureStore store) {
        run.spark().sparkContext().setJobDescription("Digest the images");
        try {
            String all = String.join(
                    "\n",
                    rows(Examples.index(inputs.manifest(), store)),
                    store.spec().fingerprint(),
                    ImageDecoder.VERSION,
                    BuildVersions.graft(),
                    run.stages().settings().effective());
            return Sha256.hex(all.getBytes(StandardCharsets.UTF_8)).substring(0, KEY_DIGITS);
        } finally {
            run.spark().sparkContext().setJobDescription(null);
        }
    }

    /** A digest of rows in any order: their number, and sums of two hashes of each. */
    private static String rows(Dataset<Row> index) {
        Column[] columns = {
            col(ManifestColumns.URI),
            col(ManifestColumns.LABEL),
            col(ManifestColumns.SPLIT),
            col(FeatureColumns.CONTENT_SHA256)
        };
        String hash = "hash";
        String other = "other";
        Row sums = index.select(
                        xxhash64(columns).as(hash),
                        xxhash64(lit(1), xxhash64(columns), columns[0], columns[1], columns[2], columns[3])
                                .as(other))
                .agg(count(lit(1)), sum(col(hash).cast("decimal(38,0)")), expr("bit_xor(" + other + ")"))
                .first();
        return sums.mkString(" ");
    }

    /**
     * The same images as they are now, whatever becomes of the manifest while the run goes on: a table of the run.
     *
     * @param night whose table is taken where an earlier attempt wrote it
     */
    NightlyImages keptIn(RunDirectory night, RunContext run) {
        String table = night.uri(IMAGES);
        if (!night.has(IMAGES + "/_SUCCESS")) {
            try {
                index().write().mode(SaveMode.Overwrite).parquet(table);
            } catch (FSError e) {
                throw new UncheckedIOException(new LocalDiskException(new Path(table), e));
            }
        }
        Dataset<Row> kept = Tables.read(run.spark(), table);
        return new NightlyImages(inputs.with(kept), store, listing, accounting, seconds, key);
    }

    /** Every image of the manifest: uri, label, split and content_sha256, which is null for those that were rejected. */
    Dataset<Row> index() {
        return Examples.index(inputs.manifest(), store);
    }

    /** The images that could be decoded, by class. */
    ImageCounts decoded() {
        return Examples.decoded(inputs.manifest(), store);
    }

    long size() {
        return accounting.images();
    }

    /** The images that have features, as they are: uri, label, split, content_sha256, features. */
    Dataset<Row> examples() {
        return Examples.plain(Examples.of(inputs.manifest(), store));
    }
}
