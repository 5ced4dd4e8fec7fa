package dev.graft.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import dev.graft.augment.AugmentSettings;
import dev.graft.base.Base;
import dev.graft.decode.DecodeSettings;
import dev.graft.forward.Accounting;
import dev.graft.forward.ImageNetwork;
import dev.graft.forward.Views;
import dev.graft.spark.Counter;
import dev.graft.spark.Progress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Computes the features of a manifest's images that a feature store does not have yet.
 *
 * <p>Results are committed in shards: a run that was killed keeps every shard it committed, and the next run computes
 * only what is missing.
 */
public final class FeatureExtractor {
    private static final int TASKS_PER_CORE = 4;
    private static final int BATCHES_PER_TASK = 4;

    private final SparkSession spark;
    private final ExtractSettings settings;
    private final DecodeSettings decode;
    private final Views views;
    private final Progress progress;

    /** @param augment how views beyond the first are drawn */
    public FeatureExtractor(
            SparkSession spark,
            ExtractSettings settings,
            DecodeSettings decode,
            AugmentSettings augment,
            Progress progress) {
        this.views = Views.of(settings.views(), augment);
        this.spark = spark;
        this.settings = settings;
        this.decode = decode;
        this.progress = progress;
    }

    /**
     * Extracts what is missing.
     *
     * @param manifest a table as {@link dev.graft.manifest.ManifestReader} returns it
     * @return what became of every image; already checked to add up, and kept in the store
     */
    public Accounting extract(Dataset<Row> manifest, Base base, FeatureStore store) {
        store.discardUnfinished();
        Dataset<Row> images = manifest.persist(StorageLevel.MEMORY_AND_DISK());
        Dataset<Row> missing = missing(images, store);
        try {
            describe("count images");
            long total = images.count();
            describe("find what is not in the store");
            long candidates = missing.count();
            String run = RunIds.next(store.latestRun());
            long known = candidates == 0 ? 0 : compute(missing, candidates, run, base, store);
            return account(total, candidates, known, run, store);
        } finally {
            release(missing);
            release(images);
            spark.sparkContext().setJobDescription(null);
        }
    }

    /**
     * Images that have no row in the store, or whose file is not the one that the row was made of; persisted.
     */
    private Dataset<Row> missing(Dataset<Row> images, FeatureStore store) {
        Optional<Dataset<Row>> rows = store.rows();
        if (rows.isEmpty()) {
            return images;
        }
        Dataset<Row> known = rows.get()
                .where(col(FeatureColumns.VIEW).equalTo(0))
                .select(
                        col(FeatureColumns.URI),
                        col(FeatureColumns.BYTES).as(FileCheck.KNOWN_BYTES),
                        col(FeatureColumns.MODIFIED).as(FileCheck.KNOWN_MODIFIED));
        Dataset<Row> joined = images.join(
                        known, images.col(FeatureColumns.URI).equalTo(known.col(FeatureColumns.URI)), "left")
                .drop(known.col(FeatureColumns.URI));
        Dataset<Row> changed = new FileCheck(spark).changed(joined);
        return apart(changed);
    }

    /**
     * Computes shard after shard, then gives images whose content is known its features.
     *
     * @return how many got theirs so
     */
    private long compute(Dataset<Row> missing, long candidates, String run, Base base, FeatureStore store) {
        int shards = Math.toIntExact((candidates + settings.shardImages() - 1) / settings.shardImages());
        AtomicLong again = new AtomicLong();
        try (ImageNetwork network = new ImageNetwork(
                        spark, base.frozen(), base.layout().inputSize(), views, decode, settings.batch());
                StoredContents contents = new StoredContents(spark, store, run, candidates);
                Progress.Task task =
                        progress.begin("Extract features", candidates, "images", () -> network.done() - again.get())) {
            FeatureRows rows = new FeatureRows(missing.schema(), run);
            for (int shard = 0; shard < shards; shard++) {
                describe("shard " + (shard + 1) + " of " + shards);
                Dataset<Row> images = missing.where(shardOf(shards).equalTo(lit(shard)));
                Dataset<Row> outcomes =
                        network.map(spread(images, candidates / shards), rows.schema(), rows, contents.broadcast());
                boolean more = shard + 1 < shards;
                commit(outcomes, rows, store, held -> {
                    contents.keep(rows.known(held));
                    if (more) {
                        contents.add(rows.features(held));
                    }
                });
            }
            Optional<Dataset<Row>> known = contents.known();
            if (known.isEmpty()) {
                return 0;
            }
            long reused = reuse(known.get(), run, rows, store);
            again.set(candidates - store.written(run) - store.rejected(run));
            computeRest(missing, again.get(), run, network, rows, store);
            return reused;
        }
    }

    /**
     * Gives images the features of their contents.
     *
     * @return how many; those whose content has none, against all likelihood, get none
     */
    private long reuse(Dataset<Row> known, String run, FeatureRows rows, FeatureStore store) {
        describe("reuse the features of known contents");
        long before = store.written(run);
        store.featuresOf(known)
                .ifPresent(features -> store.append(rows.inOrder(known.join(features, FeatureColumns.CONTENT_SHA256))));
        return store.written(run) - before;
    }

    /**
     * Computes images that have no outcome yet: their content was not known after all, or an executor was lost at a bad
     * moment. Of two images with one content, the first is computed and the second takes its features; done again, it may
     * be the other way round.
     */
    private void computeRest(
            Dataset<Row> missing, long count, String run, ImageNetwork network, FeatureRows rows, FeatureStore store) {
        if (count > 0) {
            describe("compute what is left");
            Dataset<Row> rest = apart(store.withoutOutcome(missing, run));
            try {
                commit(network.map(spread(rest, count), rows.schema(), rows), rows, store, held -> {});
            } finally {
                release(rest);
            }
        }
    }

    /**
     * Rows as a plan of their own, persisted: what Spark caches of a plan that reads from a directory, it throws away with
     * every write to that directory.
     */
    private Dataset<Row> apart(Dataset<Row> rows) {
        return spark.createDataFrame(rows.toJavaRDD(), rows.schema()).persist(StorageLevel.MEMORY_AND_DISK());
    }

    private static Column shardOf(int shards) {
        return pmod(xxhash64(col(FeatureColumns.URI)), lit(shards));
    }

    /**
     * Deals the images of a shard to tasks, the same number to each, give or take one. Every core has several, so that a
     * slow one holds up little, unless they became too small to fill batches.
     */
    private Dataset<Row> spread(Dataset<Row> images, long count) {
        long cores = spark.sparkContext().defaultParallelism();
        long largest = cores * settings.taskImages();
        long rounds = Math.max(TASKS_PER_CORE, (count + largest - 1) / largest);
        long worthwhile = Math.max(cores, count / ((long) BATCHES_PER_TASK * settings.batch()));
        long tasks = Math.min(cores * rounds, worthwhile);
        return images.repartition((int) Math.max(1, Math.min(tasks, count)));
    }

    /**
     * Adds outcomes to the store.
     *
     * @param then does something with them while they are held
     */
    private static void commit(
            Dataset<Row> computed, FeatureRows rows, FeatureStore store, Consumer<Dataset<Row>> then) {
        Dataset<Row> outcomes = computed.persist(StorageLevel.MEMORY_AND_DISK());
        try {
            store.append(rows.features(outcomes));
            Dataset<Row> rejects = rows.rejects(outcomes);
            if (!rejects.isEmpty()) {
                store.appendRejects(rejects);
            }
            then.accept(outcomes);
        } finally {
            release(outcomes);
        }
    }

    /** Where Spark has ended, nothing is held any more, and to say so would hide why it has. */
    private static void release(Dataset<Row> held) {
        if (!held.sparkSession().sparkContext().isStopped()) {
            held.unpersist();
        }
    }

    /** Counts what the store holds, not what was meant to be written. */
    private Accounting account(long total, long candidates, long known, String run, FeatureStore store) {
        describe("account for every image");
        long written = candidates == 0 ? 0 : store.written(run) - known;
        long rejected = candidates == 0 ? 0 : store.rejected(run);
        long timedOut = rejected == 0 ? 0 : store.timedOut(run);
        Accounting accounting = new Accounting(total, written, total - candidates + known, rejected, timedOut);
        Counter.IMAGES_REUSED.add(accounting.reused());
        store.keepRun(run, accounting.toJson(run));
        accounting.requireBalance();
        return accounting;
    }

    private void describe(String what) {
        spark.sparkContext().setJobDescription("Extract features: " + what);
    }
}
