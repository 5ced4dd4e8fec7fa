package dev.graft.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.TestSpark;
import dev.graft.drawn.DemoImages;
import dev.graft.manifest.DirectoryManifest;
import dev.graft.manifest.ExistingManifest;
import dev.graft.manifest.ManifestReader;
import dev.graft.settings.Settings;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Extractions into one store at once. */
class ExtractionTest {
    private final KeptLog log = new KeptLog();
    private final Stages stages = Stages.from(
            Settings.load(List.of(), List.of("base.input=64", "base.cut=block3", "decode.max-rejected-share=0.3")));
    private final Path directory;
    private final String manifest;
    private final String store;

    ExtractionTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.manifest = directory.resolve("pictures.csv").toUri().toString();
        this.store = directory.resolve("store").toUri().toString();
        DemoImages.write(directory.resolve("pictures"), 10, 3);
        new DirectoryManifest(TestSpark.session(), stages.manifest())
                .write(directory.resolve("pictures").toUri().toString(), manifest, ExistingManifest.REPLACE);
    }

    private RunContext run(RunLog told) {
        return new RunContext(TestSpark.session(), stages, "graft extract", told);
    }

    private Path fingerprint() throws IOException {
        try (DirectoryStream<Path> fingerprints = Files.newDirectoryStream(directory.resolve("store"))) {
            return fingerprints.iterator().next();
        }
    }

    @Test
    void theSecondOfOneProcessWaitsAndFindsTheWorkDone() throws Exception {
        LockedStore first = run(log).openStore(store, stages.openBase(TestSpark.session()));
        CompletableFuture<Void> second =
                CompletableFuture.runAsync(() -> new Extraction(run(log)).extract(manifest, store));
        while (log.besideTheBase().isEmpty() && !second.isDone()) {
            Thread.sleep(20);
        }
        assertThat(log.besideTheBase())
                .containsExactly(
                        "waiting for another run in this process, which holds file:" + fingerprint() + "/_lock");
        assertThat(second).isNotDone();
        first.close();
        second.get(1, TimeUnit.MINUTES);
        assertThat(log.lines.get(0)).isEqualTo("images 23 = written 20 + reused 0 + rejected 3");
        assertThat(fingerprint().resolve("_lock")).doesNotExist();
    }

    @Test
    void theReasonsOfRejectsAreToldWithAnExample() throws IOException {
        new Extraction(run(log)).extract(manifest, store);
        assertThat(log.besideTheBase())
                .hasSizeBetween(2, 3)
                .allMatch(note ->
                        note.matches("rejected [12]: [a-z_]+, such as file:" + directory + "/pictures/.+ \\(.+\\)"))
                .anyMatch(note -> note.startsWith("rejected 1: empty, such as "));
        KeptLog again = new KeptLog();
        new Extraction(run(again)).extract(manifest, store);
        assertThat(again.notes).isEqualTo(log.notes);
    }

    @Test
    void theBaseIsSaidFirst() {
        new Extraction(run(log)).extract(manifest, store);
        assertThat(log.notes.get(0))
                .matches("base xception-mini, cut at add_2, input 64 x 64, f32, weights sha256:[0-9a-f]{64}");
        assertThat(log.notes.get(1)).startsWith("Warning: xception-mini, the bundled base, was trained on drawn cats");
    }

    @Test
    void oneThatIsRefusedHasReadNothing() throws Exception {
        run(log).openStore(store, stages.openBase(TestSpark.session())).close();
        Files.writeString(fingerprint().resolve("_lock"), """
                {"token": "f7a1", "host": "elsewhere", "process": 77, "started": "%1$s", "renewed": "%1$s"}
                """.formatted(Instant.now()));
        assertThatThrownBy(() -> new Extraction(run(log)).extract(directory + "/there-is-none.csv", store))
                .isInstanceOf(RunningException.class)
                .hasMessageStartingWith("Cannot start: another run is at work, process 77 on elsewhere, begun at ");
    }

    @Test
    void whatAKilledRunLeftHalfWrittenGoesWithTheNext() throws Exception {
        run(log).openStore(store, stages.openBase(TestSpark.session())).close();
        Path left = fingerprint();
        Files.writeString(left.resolve("_fingerprint.json.0e1f.unfinished"), "{");
        Files.writeString(left.resolve("._lock.0e1f"), "{");
        Files.createDirectories(left.resolve("_temporary/0"));
        Files.createDirectories(left.resolve("_known/old"));
        new Extraction(run(log)).extract(manifest, store);
        assertThat(left.toFile().list())
                .contains("_fingerprint.json")
                .noneMatch(name -> name.contains("unfinished") || name.contains("_lock") || name.equals("_known"));
        assertThat(left.resolve("_temporary/0")).doesNotExist();
    }

    @Test
    void aColumnThatChangesItsTypeStaysReadable() throws Exception {
        Dataset<Row> rows = new ManifestReader(TestSpark.session(), stages.manifest(), log::note).read(manifest);
        String numbers = directory.resolve("numbers.parquet").toString();
        rows.withColumn("age", functions.lit(7)).write().parquet(numbers);
        new Extraction(run(log)).extract(numbers, store);
        DemoImages.write(directory.resolve("more"), 1, 4);
        String text = directory.resolve("text.csv").toString();
        Files.writeString(Path.of(text), "uri,label,age\nmore/cat/0000.jpg,cat,8\nmore/dog/0000.jpg,dog,eight\n");

        new Extraction(run(log)).extract(text, store);

        assertThat(TestSpark.session()
                        .read()
                        .parquet(fingerprint().toString())
                        .groupBy("age")
                        .count()
                        .collectAsList())
                .extracting(row -> row.get(0))
                .containsExactlyInAnyOrder(7, 8, null);
        assertThat(log.besideTheBase())
                .endsWith("Note: column age of the manifest is string, and int in the feature store file:"
                        + fingerprint() + ": 1 values do not fit and are left out");
    }

    @Test
    void patienceWithoutValidationImagesIsAnswered() throws Exception {
        Dataset<Row> rows = new ManifestReader(TestSpark.session(), stages.manifest(), log::note).read(manifest);
        String training = directory.resolve("training.parquet").toString();
        rows.withColumn("split", functions.lit("train")).write().parquet(training);
        Stages patient = Stages.from(Settings.load(
                List.of(),
                List.of(
                        "base.input=64",
                        "base.cut=block3",
                        "decode.max-rejected-share=0.3",
                        "head.epochs=2",
                        "head.patience=1")));
        RunContext run = new RunContext(TestSpark.session(), patient, "graft train", log);

        new HeadTraining(run)
                .onFeatures(training, store, directory.resolve("models/pets").toString(), Promote.ALWAYS);

        assertThat(log.epochs).isEqualTo(2);
        assertThat(log.besideTheBase())
                .contains("Warning: head.patience = 1 does nothing: there are no validation images, so no epoch"
                        + " is better than another (give some images the split validation)");
    }

    @Test
    void whatDoesNothingAndWhatIsTwiceThereIsSaidBeforeTraining() throws Exception {
        Files.copy(directory.resolve("pictures/cat/0000.jpg"), directory.resolve("pictures/dog/copied.jpg"));
        String training = directory.resolve("copies.csv").toString();
        List<String> rows = new ArrayList<>(List.of("uri,label,split"));
        for (int i = 0; i < 8; i++) {
            rows.add("pictures/cat/000" + i + ".jpg,cat,train");
            rows.add("pictures/dog/000" + i + ".jpg,dog,train");
        }
        rows.add("pictures/dog/copied.jpg,dog,test");
        Files.copy(directory.resolve("pictures/dog/0000.jpg"), directory.resolve("pictures/dog/again.jpg"));
        rows.add("pictures/dog/again.jpg,dog,validation");
        Files.write(Path.of(training), rows);
        Stages flipped = Stages.from(Settings.load(
                List.of(),
                List.of(
                        "base.input=64",
                        "base.cut=block3",
                        "head.epochs=0",
                        "augment.flip=horizontal",
                        "seed=7",
                        "decode.max-rejected-share=0.3")));

        new HeadTraining(new RunContext(TestSpark.session(), flipped, "graft train", log))
                .onFeatures(training, store, directory.resolve("models/copies").toString(), Promote.ALWAYS);

        assertThat(log.besideTheBase())
                .anyMatch(note -> note.startsWith("Warning: augment is not used: features of one view"))
                .anyMatch(
                        note -> note.startsWith(
                                "Warning: 1 of 1 test images that can be decoded stand among the training images too, such as file:"))
                .anyMatch(note -> note.startsWith(
                        "Warning: 1 of 1 validation images that can be decoded stand among the training images too, such as"
                                + " file:" + directory + "/pictures/dog/again.jpg"))
                .anyMatch(note -> note.startsWith("Warning: 2 images have a content that also stands under another"));
        OpenedModel opened = OpenedModel.open(
                TestSpark.session(), directory.resolve("models/copies").toString(), flipped.decode(), log);
        assertThat(DealtSplits.of(opened.bundle().description()))
                .containsExactly("seed=7", "manifest.split=[0.8,0.1,0.1]");
        assertThat(DealtSplits.warning(opened, flipped)).isEmpty();
        assertThat(DealtSplits.warning(opened, stages).orElseThrow())
                .contains(" was trained with seed=7, manifest.split=[0.8,0.1,0.1]: of images that name no split");
    }

    @Test
    void aVersionThatNobodyCouldTestIsSaidToBeOne() throws Exception {
        Dataset<Row> rows = new ManifestReader(TestSpark.session(), stages.manifest(), log::note).read(manifest);
        String training = directory.resolve("untested.parquet").toString();
        rows.withColumn("split", functions.lit("train")).write().parquet(training);

        new HeadTraining(run(log))
                .onFeatures(
                        training, store, directory.resolve("models/untested").toString(), Promote.ALWAYS);

        assertThat(log.notes)
                .anyMatch(note -> note.startsWith("Warning: no test image could be used, so nobody knows"));
    }
}
