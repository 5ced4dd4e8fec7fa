package dev.graft.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.TestSpark;
import dev.graft.augment.AugmentSettings;
import dev.graft.base.Base;
import dev.graft.compiled.ForwardPass;
import dev.graft.decode.DecodeSettings;
import dev.graft.decode.ImageDecoder;
import dev.graft.decode.Resizer;
import dev.graft.decode.RgbImage;
import dev.graft.forward.Accounting;
import dev.graft.forward.Views;
import dev.graft.settings.DataGateException;
import dev.graft.settings.InvalidInputException;
import dev.graft.settings.Settings;
import dev.graft.spark.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Extraction on real files: features, rejects, accounts, second runs. */
class FeatureExtractorTest {
    private static final Base BASE = TestImages.base();
    private static final AugmentSettings AUGMENT = AugmentSettings.from(Settings.withDefaults());

    private final SparkSession spark = TestSpark.session();
    private final DecodeSettings decode = DecodeSettings.from(Settings.withDefaults());
    private final TestImages images;
    private final Path directory;

    FeatureExtractorTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.images = new TestImages(spark, directory);
    }

    @Test
    void everyImageIsWrittenOrRejectedWithItsReason() {
        FeatureStore store = store("store");
        Accounting accounting = extract(images.manifest(), store, 16, 1000);
        assertThat(accounting).hasToString("images 43 = written 40 + reused 0 + rejected 3");
        List<String> rejects =
                spark
                        .read()
                        .parquet(store.uri() + "/_rejects")
                        .select("uri", "stage", "reason")
                        .collectAsList()
                        .stream()
                        .map(row -> row.getString(0).replaceAll(".*/", "") + " " + row.getString(1) + " "
                                + row.getString(2))
                        .sorted()
                        .toList();
        assertThat(rejects)
                .containsExactly(
                        "empty.jpg decode empty", "text.jpg decode unknown_format", "truncated.jpg decode truncated");
    }

    @Test
    void theFeaturesAreThoseOfTheBase() throws IOException {
        FeatureStore store = store("store");
        extract(images.manifest(), store, 16, 1000);
        Map<String, float[]> features = features(store);
        float[] pixels = new float[64 * 64 * 3];
        ImageDecoder decoder = new ImageDecoder(decode);
        Resizer resizer = new Resizer(decode.resize(), 64);
        try (ForwardPass forward = BASE.frozen().compile().forwardPass(1)) {
            for (String name : List.of("cat/0000.jpg", "dog/0007.jpg")) {
                byte[] encoded = Files.readAllBytes(images.picture(name));
                resizer.resize((RgbImage) decoder.decode(encoded), pixels, 0);
                float[] expected = forward.run(pixels, 1);
                assertThat(features.get(images.picture(name).toUri().getPath())).hasSameSizeAs(expected);
                assertThat(features.get(images.picture(name).toUri().getPath()))
                        .usingComparatorWithPrecision(1e-4f)
                        .containsExactly(expected);
            }
        }
    }

    @Test
    void partitionsAndShardsChangeNoBit() {
        FeatureStore one = store("one");
        FeatureStore many = store("many");
        extract(images.manifest().coalesce(1), one, 16, 1000);
        extract(images.manifest().repartition(7), many, 16, 6);
        Map<String, float[]> expected = features(one);
        Map<String, float[]> actual = features(many);
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        actual.forEach((uri, values) -> assertThat(values).as(uri).isEqualTo(expected.get(uri)));
    }

    @Test
    void aSecondRunComputesNothing() {
        FeatureStore store = store("store");
        extract(images.manifest(), store, 16, 1000);
        long rows = spark.read().parquet(store.uri()).count();
        Accounting second = extract(images.manifest(), store, 16, 1000);
        assertThat(second).hasToString("images 43 = written 0 + reused 40 + rejected 3");
        assertThat(spark.read().parquet(store.uri()).count()).isEqualTo(rows);
    }

    @Test
    void onlyWhatIsNewOrChangedIsComputed() throws IOException {
        FeatureStore store = store("store");
        extract(images.manifest(), store, 16, 1000);
        Files.write(images.picture("cat/new.jpg"), changed("cat/0000.jpg"));
        Files.write(images.picture("dog/0001.jpg"), changed("dog/0002.jpg"));
        Files.write(images.picture("dog/0004.jpg"), new byte[] {1, 2, 3});
        Accounting second = extract(images.manifest(), store, 16, 1000);
        assertThat(second).hasToString("images 44 = written 2 + reused 38 + rejected 4");
        Map<String, float[]> features = features(store);
        assertThat(features.get(images.picture("dog/0001.jpg").toUri().getPath()))
                .isEqualTo(features.get(images.picture("dog/0002.jpg").toUri().getPath()));
    }

    @Test
    void tenNewFiveChangedAndThreeBrokenAreCounted() throws IOException {
        FeatureStore store = store("store");
        extract(images.manifest(), store, 16, 1000);
        List<String> jpegs = List.of("00", "01", "02", "04", "05", "06", "07", "08", "10", "11");
        for (String number : jpegs) {
            Files.write(images.picture("cat/new" + number + ".jpg"), changed("cat/00" + number + ".jpg"));
        }
        for (String number : jpegs.subList(0, 5)) {
            String picture = "dog/00" + number + ".jpg";
            Files.write(images.picture(picture), changed(picture));
        }
        for (String number : jpegs.subList(5, 8)) {
            Path picture = images.picture("dog/00" + number + ".jpg");
            byte[] whole = Files.readAllBytes(picture);
            Files.write(picture, Arrays.copyOf(whole, whole.length / 2));
        }
        Accounting second = extract(images.manifest(), store, 16, 1000);
        // the three that were broken before are beside the three that are now
        assertThat(second).hasToString("images 53 = written 15 + reused 32 + rejected 6");
    }

    @Test
    void anImageThatIsGoneWhenItIsReadIsRejected() throws IOException {
        FeatureStore store = store("store");
        Dataset<Row> manifest = images.manifest();
        Files.delete(images.picture("cat/0002.jpg"));
        assertThat(extract(manifest, store, 16, 1000)).hasToString("images 43 = written 39 + reused 0 + rejected 4");
        assertThat(spark.read()
                        .parquet(store.uri() + "/_rejects")
                        .where("reason = 'not_found' and stage = 'read' and uri like '%cat/0002.jpg'")
                        .count())
                .isOne();
    }

    @Test
    void whatAKilledRunLeftIsDiscarded() throws IOException {
        FeatureStore store = store("store");
        Path directory = Path.of(store.uri().replaceFirst("^file:", ""));
        List<Path> left = List.of(
                directory.resolve("_temporary/0/task_1/part-00000.parquet"),
                directory.resolve("_rejects/_temporary/0/task_1/part-00000.parquet"),
                directory.resolve("_known/old/part-00000.parquet"));
        for (Path file : left) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "half a file");
        }
        assertThat(extract(images.manifest(), store, 16, 1000))
                .hasToString("images 43 = written 40 + reused 0 + rejected 3");
        assertThat(left).noneMatch(Files::exists);
    }

    /** The bytes of a picture and one more, which decoders do not look at. */
    private byte[] changed(String picture) throws IOException {
        byte[] bytes = Files.readAllBytes(images.picture(picture));
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    @Test
    void renamedAndDuplicatedImagesTakeTheFeaturesOfTheirContent() throws IOException {
        FeatureStore store = store("store");
        extract(images.manifest(), store, 16, 1000);
        Files.move(images.picture("cat/0000.jpg"), images.picture("cat/renamed.jpg"));
        Files.copy(images.picture("dog/0002.jpg"), images.picture("dog/copy.jpg"));
        Files.write(images.picture("dog/0001.jpg"), Files.readAllBytes(images.picture("dog/0007.jpg")));
        Files.write(images.picture("dog/0004.jpg"), changed("dog/0004.jpg"));
        Map<String, float[]> before = features(store);
        Accounting second = extract(images.manifest(), store, 16, 1000);
        assertThat(second).hasToString("images 44 = written 1 + reused 40 + rejected 3");
        Map<String, float[]> after = features(store);
        assertThat(after.get(uri("cat/renamed.jpg"))).isEqualTo(before.get(uri("cat/0000.jpg")));
        assertThat(after.get(uri("dog/copy.jpg"))).isEqualTo(before.get(uri("dog/0002.jpg")));
        assertThat(after.get(uri("dog/0001.jpg"))).isEqualTo(before.get(uri("dog/0007.jpg")));
        assertThat(Path.of(store.uri().replaceFirst("^file:", "")).resolve("_known"))
                .isEmptyDirectory();
        Accounting third = extract(images.manifest(), store, 16, 1000);
        assertThat(third).hasToString("images 44 = written 0 + reused 41 + rejected 3");
    }

    @Test
    void anImageThatIsThereTwiceIsComputedOnce() throws IOException {
        for (int copy = 0; copy < 20; copy++) {
            Files.copy(images.picture("cat/0000.jpg"), images.picture("cat/copy" + copy + ".jpg"));
        }
        for (int shardImages : new int[] {10, 1000}) {
            FeatureStore each = store("store" + shardImages);
            Accounting accounting = extract(images.manifest(), each, 16, shardImages);
            assertThat(accounting).hasToString("images 63 = written 40 + reused 20 + rejected 3");
            Map<String, float[]> features = features(each);
            assertThat(features.get(uri("cat/copy7.jpg"))).isEqualTo(features.get(uri("cat/0000.jpg")));
            assertThat(spark.read().parquet(each.uri()).count()).isEqualTo(60);
        }
    }

    private String uri(String picture) {
        return images.picture(picture).toUri().getPath();
    }

    @Test
    void anotherCutOpensAnotherFingerprint() {
        FeatureSpec spec = FeatureSpec.of(BASE, decode, Views.PLAIN);
        FeatureSpec other = new FeatureSpec(
                spec.base(),
                spec.alpha(),
                spec.weights(),
                "add_1",
                spec.input(),
                spec.scaling(),
                spec.resize(),
                spec.decoder(),
                spec.views(),
                spec.augmentation(),
                spec.origin());
        FeatureSpec elsewhere = new FeatureSpec(
                spec.base(),
                spec.alpha(),
                spec.weights(),
                spec.cut(),
                spec.input(),
                spec.scaling(),
                spec.resize(),
                spec.decoder(),
                spec.views(),
                spec.augmentation(),
                "hdfs:/weights.h5");
        assertThat(other.fingerprint()).isNotEqualTo(spec.fingerprint()).hasSize(16);
        assertThat(elsewhere.fingerprint()).isEqualTo(spec.fingerprint());
    }

    @Test
    void storesAreFoundWithTheirSpecification() {
        FeatureStore store = store("store");
        assertThat(FeatureStore.in(spark, directory.resolve("store").toString()))
                .isEmpty();
        extract(images.manifest(), store, 16, 1000);
        assertThat(FeatureStore.in(spark, directory.resolve("store").toString()))
                .singleElement()
                .satisfies(found -> assertThat(found.spec()).isEqualTo(store.spec()));
        assertThat(FeatureStore.in(spark, directory.resolve("absent").toString()))
                .isEmpty();
    }

    @Test
    void tooManyRejectsAreRefused() {
        Accounting accounting = new Accounting(100, 90, 4, 6, 0);
        accounting.requireShareOfRejects(0.06, "why");
        assertThatThrownBy(() -> accounting.requireShareOfRejects(0.05, "see why"))
                .isInstanceOf(DataGateException.class)
                .hasMessage("Too many images rejected: 6 of 100, more than decode.max-rejected-share = 0.05 allows; see"
                        + " why");
    }

    @Test
    void countsThatDoNotAddUpAreRefused() {
        assertThatThrownBy(() -> new Accounting(100, 90, 4, 5, 0).requireBalance())
                .isInstanceOf(DataGateException.class)
                .hasMessageStartingWith(
                        "Cannot account for every image: images 100 = written 90 + reused 4 + rejected 5");
    }

    @Test
    void aManifestColumnWithAReservedNameIsRefused() {
        Dataset<Row> manifest = images.manifest().withColumn("features", functions.lit(1));
        assertThatThrownBy(() -> extract(manifest, store("store"), 16, 1000))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid manifest: its column features has the name of a column of the feature store"
                        + " (rename it)");
    }

    @Test
    void everyImageIsRunOnceAlsoWhereOnlyRejectsAreLeft() {
        FeatureStore store = store("store");
        assertThat(imagesRun(store)).isEqualTo(TestImages.FILES);
        assertThat(imagesRun(store)).isEqualTo(TestImages.BROKEN);
    }

    @Test
    void rejectsOfOneContentAreCountedOnce() throws IOException {
        for (int copy = 0; copy < 5; copy++) {
            Files.copy(images.picture("dog/text.jpg"), images.picture("cat/copy" + copy + ".jpg"));
        }
        assertThat(imagesRun(store("store"))).isEqualTo(TestImages.FILES + 5);
    }

    /** Extracts and tells how many images went through the network. */
    private long imagesRun(FeatureStore store) {
        AtomicLong run = new AtomicLong();
        Progress progress = (task, total, unit, done) -> () -> run.set(done.getAsLong());
        ExtractSettings settings = new ExtractSettings(16, 1000, 500, 1);
        new FeatureExtractor(spark, settings, decode, AUGMENT, progress).extract(images.manifest(), BASE, store);
        return run.get();
    }

    private Accounting extract(Dataset<Row> manifest, FeatureStore store, int batch, int shard) {
        ExtractSettings settings = new ExtractSettings(batch, shard, 500, 1);
        return new FeatureExtractor(spark, settings, decode, AUGMENT, Progress.NONE).extract(manifest, BASE, store);
    }

    private FeatureStore store(String name) {
        return FeatureStore.create(
                spark, directory.resolve(name).toString(), FeatureSpec.of(BASE, decode, Views.PLAIN));
    }

    @Test
    void viewsAreStoredBesideTheImageAsItIsWhateverThePartitions() throws IOException {
        AugmentSettings augment = augment("augment.flip=horizontal", "augment.rotation=0.1");
        FeatureSpec spec = FeatureSpec.of(BASE, decode, Views.of(3, augment));
        FeatureStore plain = store("plain");
        extract(images.manifest(), plain, 16, 1000);
        Map<String, float[]> asTheyAre = features(plain);
        List<Map<String, float[]>> runs = new ArrayList<>();
        for (int batch : new int[] {4, 7}) {
            FeatureStore store = FeatureStore.create(
                    spark, directory.resolve("views" + batch).toString(), spec);
            ExtractSettings settings = new ExtractSettings(batch, batch * 10, 500, 3);
            Accounting accounting = new FeatureExtractor(spark, settings, decode, augment, Progress.NONE)
                    .extract(images.manifest(), BASE, store);
            assertThat(accounting).hasToString("images 43 = written 40 + reused 0 + rejected 3");
            Dataset<Row> rows = store.rows().orElseThrow();
            assertThat(rows.count()).isEqualTo(3 * 40);
            Map<String, float[]> first = features(rows.where("view = 0"));
            assertThat(first.keySet()).isEqualTo(asTheyAre.keySet());
            first.forEach((uri, features) -> assertThat(features).isEqualTo(asTheyAre.get(uri)));
            Map<String, float[]> second = features(rows.where("view = 1"));
            Map<String, float[]> third = features(rows.where("view = 2"));
            second.forEach((uri, features) -> assertThat(features).isNotEqualTo(third.get(uri)));
            runs.add(second);
        }
        runs.get(0).forEach((uri, features) -> assertThat(features)
                .isEqualTo(runs.get(1).get(uri)));
    }

    @Test
    void viewsOpenAnotherFingerprintAndSoDoOtherDraws() {
        FeatureSpec plain = FeatureSpec.of(BASE, decode, Views.PLAIN);
        FeatureSpec flipped = FeatureSpec.of(BASE, decode, Views.of(2, augment("augment.flip=horizontal")));
        FeatureSpec turned = FeatureSpec.of(BASE, decode, Views.of(2, augment("augment.rotation=0.1")));
        assertThat(Set.of(plain.fingerprint(), flipped.fingerprint(), turned.fingerprint()))
                .hasSize(3);
        assertThat(flipped.augmentationSettings()).containsExactly("augment.flip=horizontal", "augment.seed=42");
    }

    @Test
    void viewsThatNobodySaysHowToDrawAreRefused() {
        assertThatThrownBy(() -> Views.of(2, AUGMENT))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid extract.views: 2 (views beyond the first are augmented, and no setting of augment"
                        + " says how; set augment.flip or another)");
    }

    @Test
    void aClockThatIsBehindLetsNoOldRowStand() throws IOException {
        FeatureStore store = store("store");
        extract(images.manifest(), store, 16, 1000);
        Path changed = images.picture("cat/0000.jpg");
        String before = sha256(store, changed);
        Dataset<Row> ahead = spark.read()
                .parquet(store.uri())
                .withColumn("run", functions.lit("29991231-235959-000-ffffff"))
                .localCheckpoint();
        store.append(ahead);
        Files.copy(images.picture("dog/0007.jpg"), changed, StandardCopyOption.REPLACE_EXISTING);

        extract(images.manifest(), store, 16, 1000);

        assertThat(sha256(store, changed))
                .isNotEqualTo(before)
                .isEqualTo(sha256(store, images.picture("dog/0007.jpg")));
        assertThat(extract(images.manifest(), store, 16, 1000))
                .hasToString("images 43 = written 0 + reused 40 + rejected 3");
    }

    private static String sha256(FeatureStore store, Path picture) {
        return store.rows()
                .orElseThrow()
                .where(functions.col("uri").endsWith(picture.toString()))
                .select("content_sha256")
                .first()
                .getString(0);
    }

    @Test
    void columnsMayBeCalledAsGraftMightCallItsOwn() {
        Dataset<Row> manifest = images.manifest();
        for (String name : List.of(
                "known_bytes",
                "known_modified",
                "latest",
                "rejected_uri",
                "rejected_run",
                "uri_of_run",
                "wanted_sha256")) {
            manifest = manifest.withColumn(name, functions.lit(7));
        }
        FeatureStore store = store("store");
        extract(manifest, store, 16, 1000);

        assertThat(extract(manifest, store, 16, 1000)).hasToString("images 43 = written 0 + reused 40 + rejected 3");
        assertThat(store.rows()
                        .orElseThrow()
                        .where("known_bytes = 7 and latest = 7")
                        .count())
                .isEqualTo(40);
    }

    private static AugmentSettings augment(String... assignments) {
        return AugmentSettings.from(Settings.load(List.of(), List.of(assignments)));
    }

    private static Map<String, float[]> features(FeatureStore store) {
        return features(store.rows().orElseThrow());
    }

    private static Map<String, float[]> features(Dataset<Row> rows) {
        Map<String, float[]> features = new HashMap<>();
        for (Row row : rows.select("uri", "features").collectAsList()) {
            List<Float> values = row.getList(1);
            float[] array = new float[values.size()];
            for (int i = 0; i < array.length; i++) {
                array[i] = values.get(i);
            }
            features.put(row.getString(0).replaceFirst("^file:(//)?", ""), array);
        }
        return features;
    }
}
