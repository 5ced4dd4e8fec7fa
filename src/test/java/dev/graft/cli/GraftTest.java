package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.graft.TestSpark;
import dev.graft.base.Base;
import dev.graft.drawn.DemoImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The verbs on drawn pictures, and what they say when the call is wrong: one message, exit code 2, no stack trace. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GraftTest {
    private static final String[] SMALL_BASE = {"--base", "xception-mini", "--input", "64", "--cut", "block3"};
    private static final String REJECTED = "(?m)^rejected [1-3]: [a-z_]+, such as file:.+ \\(.+\\)$";

    private Path directory;
    private String manifest;
    private String store;
    private String model;

    @BeforeAll
    void trainAModel(@TempDir Path directory) throws IOException {
        SparkSession spark = TestSpark.session();
        assertThat(spark.sparkContext().isStopped()).isFalse();
        this.directory = directory;
        DemoImages.write(directory.resolve("pictures"), 40, 5);
        manifest = directory.resolve("pictures.csv").toString();
        store = directory.resolve("features").toString();
        model = directory.resolve("models/pets").toString();
        Cli made = Cli.run("manifest", directory.resolve("pictures").toString(), "--out", manifest, "--seed", "1");
        assertThat(made.exitCode()).as(made.err()).isZero();
        assertThat(made.out()).contains("manifest " + manifest);
        Cli extracted = Cli.run(with(SMALL_BASE, "extract", "--manifest", manifest, "--out", store));
        assertThat(extracted.exitCode()).as(extracted.err()).isZero();
        assertThat(extracted.out()).contains("images 83 = written 80 + reused 0 + rejected 3");
        Cli trained = Cli.run("train", "--manifest", manifest, "--features", store, "--out", model);
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        assertThat(trained.out()).contains("images 83 = written 0 + reused 80 + rejected 3");
    }

    @BeforeEach
    void theSharedSessionIsAlive() {
        assertThat(TestSpark.session().sparkContext().isStopped()).isFalse();
    }

    @Test
    void evaluatePrintsOneJsonObjectAndOnlyThat() throws IOException {
        Cli evaluated = Cli.run("evaluate", "--model", model, "--manifest", manifest, "--split", "all", "--json");
        assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
        JsonNode metrics = new ObjectMapper().readTree(evaluated.out());
        assertThat(metrics.get("images").asInt()).isEqualTo(80);
        JsonNode confusion = metrics.get("confusion");
        int correct = confusion.get(0).get(0).asInt() + confusion.get(1).get(1).asInt();
        assertThat(metrics.get("accuracy").asDouble()).isEqualTo(correct / 80.0);
        assertThat(metrics.get("labels").toString()).isEqualTo("[\"cat\",\"dog\"]");
    }

    @Test
    void aWorseModelIsRefusedAndTheRegistryGoesBackToTheBetterOne() throws IOException {
        String name = directory.resolve("models/nightly").toString();
        String[] train = {"train", "--manifest", manifest, "--features", store, "--out", name, "--set"};
        String good =
                version(Cli.run(with(new String[] {"head.epochs=60", "--set", "head.learning-rate=0.01"}, train)));
        String bad = version(
                Cli.run("train", "--manifest", manifest, "--features", store, "--out", name, "--set", "head.epochs=0"));
        String[] compare = {"evaluate", "--manifest", manifest, "--split", "all", "--against"};
        Cli worse = Cli.run(with(new String[] {name + "@" + good, "--model", name}, compare));
        assertThat(worse.exitCode()).as(worse.err()).isEqualTo(3);
        assertThat(worse.err()).contains(name + " may not take the place of " + name + "@" + good + ": ");
        assertThat(worse.out()).contains("it may not be promoted");
        Cli better = Cli.run(with(
                new String[] {name, "--model", name + "@" + good, "--json", "--set", "promote.max-recall-drop=1"},
                compare));
        assertThat(better.exitCode()).as(better.err()).isZero();
        JsonNode compared = new ObjectMapper().readTree(better.out());
        assertThat(compared.get("objections")).isEmpty();
        assertThat(compared.get("mcnemar").get("images").asInt()).isEqualTo(80);
        assertThat(compared.get("mcnemar").get("onlyCandidate").asInt())
                .isGreaterThan(compared.get("mcnemar").get("onlyCurrent").asInt());

        assertThat(Cli.run("models", "list", name).out())
                .containsPattern(bad + " \\*")
                .contains(good);
        assertThat(Cli.run("models", "rollback", name, "--reason", "worse").out())
                .contains("model " + name + " version " + good);
        assertThat(Cli.run("models", "list", name).out())
                .containsPattern(good + " \\* .* rolled-back")
                .containsPattern(bad + " .* promoted");
        Cli shown = Cli.run("models", "show", name);
        assertThat(shown.out())
                .contains("version          " + good, "base             xception-mini", "train --manifest");
        assertThat(Cli.run("models", "promote", name + "@" + bad).out())
                .isEqualTo("model " + name + " version " + bad + "\n");
        assertThat(Cli.run("models", "promote", name + "@" + bad).out())
                .isEqualTo("model " + name + " version " + bad + " is current already\n");
        assertThat(Cli.run("models", "prune", name, "--keep", "1").out()).isEqualTo("0 versions deleted\n");
        String begun = "20260314-091500-a1b2c3";
        Files.createDirectory(Path.of(name, "versions", begun));
        assertThat(Cli.run("models", "list", name).out()).containsPattern(begun + " +not whole");
        assertThat(Cli.run("models", "prune", name, "--keep", "1").out())
                .isEqualTo("deleted " + begun + "\n1 version deleted\n");
        refuses(Cli.run("models", "rollback", directory.resolve("models/none").toString()), "Cannot roll back");
        refuses(Cli.run("models", "promote", name), "expected REGISTRY/NAME@VERSION");
        refuses(Cli.run("models"), "Missing action");
    }

    @Test
    void aClassThatWouldBeLostIsNamed() throws IOException {
        String birds = Files.readString(Path.of(manifest)).replaceAll("(?m)^(.*[02468]\\.[a-z]+),cat,", "$1,bird,");
        String known = directory.resolve("birds.csv").toString();
        Files.writeString(Path.of(known), birds);
        String before = directory.resolve("models/birds").toString();
        Cli trained =
                Cli.run("train", "--manifest", known, "--features", store, "--out", before, "--set", "head.epochs=0");
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        String objection = "a class of the current model would be lost: bird (promote.allow-lost-classes = false)";
        String[] compare = {
            "evaluate",
            "--manifest",
            manifest,
            "--split",
            "all",
            "--model",
            model,
            "--against",
            before,
            "--set",
            "promote.max-recall-drop=1",
            "--set",
            "promote.max-accuracy-drop=1"
        };

        Cli text = Cli.run(compare);
        assertThat(text.exitCode()).as(text.err()).isEqualTo(3);
        assertThat(text.out())
                .contains(
                        "classes gained: none; classes lost: bird",
                        "objection: " + objection,
                        "it may not be promoted");
        assertThat(text.err()).contains(model + " may not take the place of " + before + ": " + objection);

        Cli json = Cli.run(with(new String[] {"--json"}, compare));
        assertThat(json.exitCode()).as(json.err()).isEqualTo(3);
        JsonNode compared = new ObjectMapper().readTree(json.out());
        assertThat(compared.get("classesLost").toString()).isEqualTo("[\"bird\"]");
        assertThat(compared.get("objections").toString()).isEqualTo("[\"" + objection + "\"]");
    }

    @Test
    void anImageThatOnlyOneOfTwoModelsCouldReadIsLeftOutAndCounted() throws IOException {
        TestSpark.session().conf().set("fs.once.impl", ReadOnceFileSystem.class.getName());
        Path gone = directory.resolve("gone.jpg");
        Files.copy(directory.resolve("pictures/cat/0001.jpg"), gone);
        Path three = directory.resolve("three.csv");
        Files.writeString(
                three,
                "uri,label,split\npictures/cat/0000.jpg,cat,test\npictures/dog/0000.jpg,dog,test\n" + "once:" + gone
                        + ",cat,test\n");
        String[] lenient = {
            "--set",
            "promote.max-recall-drop=1",
            "--set",
            "promote.max-accuracy-drop=1",
            "--set",
            "decode.max-rejected-share=0.5"
        };
        Cli compared = Cli.run(
                with(lenient, "evaluate", "--manifest", three.toString(), "--model", model, "--against", model));
        assertThat(compared.exitCode()).as(compared.err()).isZero();
        assertThat(gone).doesNotExist();
        assertThat(compared.err())
                .contains(
                        "images 3 = written 3 + reused 0 + rejected 0", "images 3 = written 2 + reused 0 + rejected 1")
                .contains(
                        "Note: images that only one of the two models could read, and McNemar's test leaves out: 1\n");
    }

    @Test
    void whatIsSaidOfTheBaseIsNotUsedWhereAModelHasOne() {
        String[] given = {
            "--manifest", directory + "/none.csv", "--set", "base.cut=block2", "--set", "decode.resize=nearest"
        };
        String out = directory.resolve("models/given").toString();
        String[] notes = {
            "Note: base.cut = block2 is not used: the model says what its base is",
            "Note: decode.resize = nearest is not used: the model says how its images are resized"
        };
        String predictions = directory.resolve("given").toString();
        assertThat(Cli.run(with(given, "evaluate", "--model", model)).err()).contains(notes);
        assertThat(Cli.run(with(given, "predict", "--model", model, "--out", predictions))
                        .err())
                .contains(notes);
        assertThat(Cli.run(with(given, "fine-tune", "--model", model, "--out", out))
                        .err())
                .contains(notes);
    }

    private static String version(Cli trained) {
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        return trained.out().strip().replaceAll("(?s).* version ", "");
    }

    @Test
    void predictWritesAnewWhatAKilledRunBegan() throws IOException {
        Path out = directory.resolve("begun");
        Files.createDirectories(out.resolve("_temporary/0"));
        Files.writeString(out.resolve("_temporary/0/part-00000.parquet"), "half of it");
        Cli predicted = Cli.run("predict", "--model", model, "--manifest", manifest, "--out", out.toString());
        assertThat(predicted.exitCode()).as(predicted.err()).isZero();
        assertThat(out.resolve("_SUCCESS")).exists();
        assertThat(out.resolve("_temporary")).doesNotExist();
        assertThat(out.resolveSibling("_begun.lock")).doesNotExist();
    }

    @Test
    void predictWritesATableWithEveryImageThatCanBeDecoded() {
        String out = directory.resolve("predictions").toString();
        Cli predicted = Cli.run("predict", "--model", model, "--manifest", manifest, "--out", out);
        assertThat(predicted.exitCode()).as(predicted.err()).isZero();
        SparkSession spark = TestSpark.session();
        assertThat(spark.read().parquet(out).count()).isEqualTo(80);
        assertThat(spark.read().parquet(out + "/_rejects").count()).isEqualTo(3);
        Cli again = Cli.run("predict", "--model", model, "--manifest", manifest, "--out", out);
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err())
                .isEqualTo("graft: Cannot write predictions to " + out
                        + ": it is there already (replace it with --overwrite)\n");
    }

    /** The store has plain features; whoever asks for views gets views. */
    @Test
    void settingsWinOverWhatTheStoreHas() {
        String plain = directory.resolve("plain-features").toString();
        Cli extracted = Cli.run(with(SMALL_BASE, "extract", "--manifest", manifest, "--out", plain));
        assertThat(extracted.exitCode()).as(extracted.err()).isZero();
        Cli trained = Cli.run(
                "train",
                "--manifest",
                manifest,
                "--features",
                plain,
                "--out",
                directory.resolve("models/views").toString(),
                "--set",
                "extract.views=2",
                "--set",
                "augment.flip=horizontal",
                "--set",
                "head.epochs=2");
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        assertThat(trained.out()).contains("images 83 = written 80 + reused 0 + rejected 3");
        Dataset<Row> views =
                TestSpark.session().read().parquet(plain + "/*/*.parquet").where("view = 1");
        assertThat(views.count()).isEqualTo(80);
    }

    @Test
    void exportWritesAnOnnxFile() {
        Path out = directory.resolve("pets.onnx");
        Cli exported = Cli.run("export", "--model", model, "--out", out.toString());
        assertThat(exported.exitCode()).as(exported.err()).isZero();
        assertThat(out).isNotEmptyFile();
    }

    @Test
    void exportReplacesAFileOnlyIfAsked() throws IOException {
        Path out = Files.createDirectory(directory.resolve("onnx")).resolve("pets.onnx");
        Files.writeString(out, "somebody's");
        String[] export = {"export", "--model", model, "--out", out.toString()};
        refuses(Cli.run(export), "Cannot export to " + out + ": it is there already (replace it with --overwrite)");
        assertThat(out).hasContent("somebody's");
        Cli replaced = Cli.run(with(new String[] {"--overwrite"}, export));
        assertThat(replaced.exitCode()).as(replaced.err()).isZero();
        assertThat(Files.size(out)).isGreaterThan(1_000);
        assertThat(out.getParent().toFile().list()).containsExactly("pets.onnx");
        refuses(
                Cli.run(
                        "export",
                        "--model",
                        model,
                        "--overwrite",
                        "--out",
                        out.getParent().toString()),
                "it is a directory (name a file)");
    }

    @Test
    void trainingEndToEndPrintsOneJsonObjectForEachEpochAndOnlyThat() throws IOException {
        String out = directory.resolve("models/end-to-end").toString();
        Cli trained = Cli.run(with(
                SMALL_BASE,
                "train",
                "--end-to-end",
                "--json",
                "--manifest",
                manifest,
                "--out",
                out,
                "--set",
                "augment.flip=horizontal",
                "--set",
                "head.epochs=2"));
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        List<JsonNode> epochs = new ArrayList<>();
        for (String line : trained.out().lines().toList()) {
            epochs.add(new ObjectMapper().readTree(line));
        }
        assertThat(epochs).extracting(epoch -> epoch.get("epoch").asInt()).containsExactly(1, 2);
        assertThat(epochs).allSatisfy(epoch -> {
            assertThat(epoch.get("loss").asDouble()).isPositive();
            assertThat(epoch.get("auc").isNumber()).isTrue();
            assertThat(epoch.get("validation_auc").isNumber()).isTrue();
        });
        assertThat(trained.err())
                .contains("decoded ", "test images ", " = predicted ", "model " + out + " version ")
                .containsPattern(REJECTED);
        assertThat(directory.resolve("models/end-to-end/checkpoints")).isEmptyDirectory();
        assertThat(Cli.run("evaluate", "--model", out, "--manifest", manifest, "--json")
                        .exitCode())
                .isZero();
    }

    @Test
    void viewsAreExtractedAndTrainedOn() {
        String views = directory.resolve("views").toString();
        Cli extracted = Cli.run(with(
                SMALL_BASE,
                "extract",
                "--views",
                "3",
                "--manifest",
                manifest,
                "--out",
                views,
                "--set",
                "augment.rotation=0.1"));
        assertThat(extracted.exitCode()).as(extracted.err()).isZero();
        assertThat(extracted.out()).contains("images 83 = written 80 + reused 0 + rejected 3");
        Cli trained = Cli.run(
                "train",
                "--manifest",
                manifest,
                "--features",
                views,
                "--out",
                directory.resolve("models/views").toString(),
                "--set",
                "head.epochs=3");
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        assertThat(trained.out()).contains("images 83 = written 0 + reused 80 + rejected 3");
    }

    /** In the store their uri is complete; here it is as it was given. */
    @Test
    void viewsOfWeightsThatAreNamedByAPathAreFound() throws IOException {
        Path weights = directory.resolve("by-path.h5");
        try (var bundled = Base.class.getResourceAsStream("xception-mini.h5")) {
            Files.copy(bundled, weights);
        }
        String[] base = with(SMALL_BASE, "--weights", weights.toString(), "--manifest", manifest);
        String views = directory.resolve("views-by-path").toString();
        Cli extracted =
                Cli.run(with(base, "extract", "--views", "2", "--out", views, "--set", "augment.flip=horizontal"));
        assertThat(extracted.exitCode()).as(extracted.err()).isZero();
        String out = directory.resolve("models/by-path").toString();
        Cli trained = Cli.run(with(base, "train", "--features", views, "--out", out, "--set", "head.epochs=1"));
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        assertThat(trained.out()).contains("images 83 = written 0 + reused 80 + rejected 3");
        assertThat(trained.err()).contains(", 2 views (augment.flip=horizontal");
    }

    @Test
    void fineTuningKeepsTheBetterModelAndTheStatistics() {
        String out = directory.resolve("models/tuned").toString();
        Cli tuned = Cli.run(fineTune(
                model,
                out,
                "fine-tune.layers=[{match=\"block3\", learning-rate=1e-5}," + " {match=\".*\", frozen=true}]"));
        assertThat(tuned.exitCode()).as(tuned.err()).isZero();
        assertThat(tuned.out())
                .contains("batch norm statistics changed: 0", "frozen weights changed: 0", "model " + out + " version ")
                .containsPattern(
                        "validation loss: head only [0-9.]+, fine-tuned [0-9.]+; the (fine-tuned|head-only) model"
                                + " is kept");
        assertThat(tuned.out()).containsPattern("images \\d+ = decoded \\d+ \\+ rejected [1-3]");
        assertThat(tuned.err()).contains("epoch 1: loss ").containsPattern(REJECTED);
        Cli again = Cli.run(fineTune(
                out,
                out + "-again",
                "fine-tune.layers=[{match=\"block3\", learning-rate=1e-5}," + " {match=\".*\", frozen=true}]"));
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(Cli.run("evaluate", "--model", out, "--manifest", manifest, "--json")
                        .exitCode())
                .isZero();
    }

    @Test
    void aModelThatFineTuningDidNotImproveIsPublishedAsItWas() {
        String out = directory.resolve("models/no-gain").toString();
        String[] nothing = {"fine-tune.epochs=0"};
        Cli kept = Cli.run(with(nothing, "fine-tune", "--model", model, "--manifest", manifest, "--out", out, "--set"));
        assertThat(kept.exitCode()).as(kept.err()).isZero();
        assertThat(kept.err())
                .containsPattern("Note: version \\S+ is \\S+" + model
                        + "/versions/\\S+ as it was: fine-tuning gave no lower validation loss");
        String before = Cli.run("models", "show", model).out();
        String after = Cli.run("models", "show", out).out();
        for (String line : List.of("fine-tuned from", "manifest digest", "seed", "fingerprint")) {
            assertThat(after.lines().filter(row -> row.startsWith(line)))
                    .isNotEmpty()
                    .isEqualTo(
                            before.lines().filter(row -> row.startsWith(line)).toList());
        }
    }

    @Test
    void aModelThatFineTuningImprovedNamesTheOneBefore() {
        String poor = directory.resolve("models/poor").toString();
        String[] barely = {"head.epochs=1", "--set", "head.learning-rate=1e-6"};
        String before = version(
                Cli.run(with(barely, "train", "--manifest", manifest, "--features", store, "--out", poor, "--set")));
        String[] well = {"fine-tune.epochs=3", "--set", "fine-tune.learning-rate=0.01", "--set", "fine-tune.workers=1"};
        Cli tuned = Cli.run(
                with(well, "fine-tune", "--model", poor, "--manifest", manifest, "--out", poor + "-tuned", "--set"));
        assertThat(tuned.exitCode()).as(tuned.err()).isZero();
        assertThat(tuned.out()).contains("the fine-tuned model is kept");
        assertThat(tuned.err()).contains("training on 1 worker, ").doesNotContain(" as it was: ");
        assertThat(Cli.run("models", "show", poor + "-tuned").out())
                .containsPattern("fine-tuned from  \\S+/models/poor/versions/" + before);
    }

    @Test
    void aModelWhoseBaseThisReleaseDoesNotKnowIsNotFineTuned() throws Exception {
        String newer = directory.resolve("models/newer").toString();
        Cli made =
                Cli.run("train", "--manifest", manifest, "--features", store, "--out", newer, "--set", "head.epochs=0");
        Path version = Path.of(newer, "versions", version(made));
        Path settings = version.resolve("settings.conf");
        String before = sha256(settings);
        Files.writeString(settings, Files.readString(settings).replaceFirst("xception-mini", "xception-maxi"));
        Path index = version.resolve("bundle.json");
        Files.deleteIfExists(version.resolve(".settings.conf.crc"));
        Files.deleteIfExists(version.resolve(".bundle.json.crc"));
        Files.writeString(index, Files.readString(index).replace(before, sha256(settings)));
        refuses(
                Cli.run("fine-tune", "--model", newer, "--manifest", manifest, "--out", newer + "-tuned"),
                "Cannot fine-tune " + newer + ": its settings.conf is of another release or was changed: "
                        + "Invalid base.name: 'xception-maxi' (settings.conf:",
                "expected one of ");
    }

    private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    @Test
    void aHeadThatWasNeverTrainedIsNotFineTunedUnlessAsked() {
        String untrained = directory.resolve("models/untrained").toString();
        Cli made = Cli.run(
                "train", "--manifest", manifest, "--features", store, "--out", untrained, "--set", "head.epochs=0");
        assertThat(made.exitCode()).as(made.err()).isZero();
        String out = directory.resolve("models/from-scratch").toString();
        String layers =
                "fine-tune.layers=[{match=\"block3_sepconv2\", learning-rate=1e-5}, {match=\".*\", frozen=true}]";
        refuses(
                Cli.run(fineTune(untrained, out, layers)),
                "Cannot fine-tune " + untrained + ": its head was never trained",
                "--from-scratch");
        List<String> asked = new ArrayList<>(List.of(fineTune(untrained, out, layers)));
        asked.add("--from-scratch");
        Cli allowed = Cli.run(asked.toArray(String[]::new));
        assertThat(allowed.exitCode()).as(allowed.err()).isZero();
    }

    @Test
    void fineTuningRulesThatFreezeByARateOfZeroAreRefused() {
        refuses(
                Cli.run(fineTune(model, model, "fine-tune.layers=[{match=\".*\", learning-rate=0}]")),
                "Invalid fine-tune.layers[0].learning-rate: 0",
                "write frozen = true");
    }

    private String[] fineTune(String from, String to, String layers) {
        return new String[] {
            "fine-tune",
            "--model",
            from,
            "--manifest",
            manifest,
            "--out",
            to,
            "--set",
            layers,
            "--set",
            "fine-tune.epochs=1"
        };
    }

    @Test
    void tooManyRejectsEndWithExitCode3() {
        Cli refused = Cli.run(with(
                SMALL_BASE,
                "extract",
                "--manifest",
                manifest,
                "--out",
                store,
                "--set",
                "decode.max-rejected-share=0.01"));
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.err()).contains("graft: Too many images rejected: 3 of 83, more than");
    }

    @Test
    void trainingsOnImagesRefuseTooManyRejectsBeforeTheyTrain() {
        String out = directory.resolve("models/rejected").toString();
        String[] given = {"--manifest", manifest, "--out", out, "--set", "decode.max-rejected-share=0.001"};
        for (Cli refused : List.of(
                Cli.run(with(given, with(SMALL_BASE, "train", "--end-to-end"))),
                Cli.run(with(given, "fine-tune", "--model", model)))) {
            assertThat(refused.exitCode()).as(refused.err()).isEqualTo(3);
            assertThat(refused.out()).containsPattern("images \\d+ = decoded \\d+ \\+ rejected [1-3]");
            assertThat(refused.err())
                    .containsPattern(REJECTED)
                    .containsPattern("graft: Too many images rejected: [1-3] of \\d+, more than")
                    .doesNotContain("epoch 1");
        }
        assertThat(Path.of(out, "versions")).doesNotExist();
    }

    @Test
    void aMissingManifestIsNamed() {
        refuses(Cli.run("extract", "--manifest", "/absent.csv", "--out", store), "Cannot read manifest", "/absent.csv");
    }

    @Test
    void anUnknownColumnIsNamedWithThoseThereAre() throws IOException {
        Path file = Files.writeString(directory.resolve("columns.csv"), "file,label\na.jpg,cat\n");
        refuses(
                Cli.run("extract", "--manifest", file.toString(), "--out", store),
                "it has no column uri; its columns are file, label",
                "--set manifest.columns.uri=file");
    }

    @Test
    void anEmptyClassIsNamed() throws IOException {
        Path classes = Files.createDirectories(directory.resolve("classes"));
        Files.createDirectories(classes.resolve("empty"));
        Files.createDirectories(classes.resolve("full"));
        Files.write(classes.resolve("full/a.jpg"), new byte[] {1});
        Cli listed = Cli.run(
                "manifest",
                classes.toString(),
                "--out",
                directory.resolve("classes.csv").toString());
        assertThat(listed.exitCode()).isZero();
        assertThat(listed.out())
                .contains("ignored 1 class folder without images, such as file:" + classes.resolve("empty"));
    }

    @Test
    void aLabelThatAppearsOnlyInTestIsNamed() throws IOException {
        Path file = Files.writeString(
                directory.resolve("labels.csv"),
                "uri,label,split\na.jpg,cat,train\nb.jpg,dog,train\nc.jpg,bird,test\n");
        refuses(
                3,
                Cli.run("train", "--manifest", file.toString(), "--features", store, "--out", model + "2"),
                "classes without a training image: 1 of 3: 'bird' (train 0, validation 0, test 1)");
    }

    @Test
    void anUnknownSettingIsNamedWithTheNearest() {
        refuses(
                Cli.run("extract", "--manifest", manifest, "--out", store, "--set", "decode.max-pixel=5"),
                "decode.max-pixel",
                "decode.max-pixels");
    }

    @Test
    void weightsOfAnotherNetworkAreRefused() throws IOException {
        Path weights = directory.resolve("mini.h5");
        try (var bundled = Base.class.getResourceAsStream("xception-mini.h5")) {
            Files.copy(bundled, weights);
        }
        refuses(
                Cli.run(
                        "extract",
                        "--manifest",
                        manifest,
                        "--out",
                        store,
                        "--base",
                        "xception",
                        "--weights",
                        weights.toString(),
                        "--input",
                        "96"),
                "Cannot load weights " + weights + " into xception",
                "in the file [3, 3, 3, 16], in the network [3, 3, 3, 32]");
    }

    @Test
    void aMissingModelIsNamed() {
        refuses(
                Cli.run("evaluate", "--model", directory.resolve("models/none").toString(), "--manifest", manifest),
                "Cannot open model");
    }

    @Test
    void anUnknownVerbOrOptionIsRefusedWithAHint() {
        refuses(Cli.run("extrakt"), "extrakt");
        refuses(
                Cli.run("extract", "--manifest", "x", "--out", "y", "--manifst", "z"),
                "--manifst",
                "Try 'submit/graft extract --help'.");
        refuses(Cli.run(), "Missing verb");
    }

    @Test
    void everyVerbHasHelpWithAnExample() {
        Set<String> verbs = new TreeSet<>(Graft.commandLine().getSubcommands().keySet());
        assertThat(verbs.remove("help")).isTrue();
        assertThat(verbs).contains("fine-tune", "retrain", "doctor");
        for (String verb : verbs) {
            Cli help = Cli.run(verb, "--help");
            assertThat(help.exitCode()).as(verb).isZero();
            assertThat(help.out()).containsPattern("Example: submit/graft (--\\S+ \\S+ )*" + verb + "\\b");
        }
    }

    @Test
    void summaryPrintsTheGuidesCounts() {
        Cli frozen = Cli.run("summary", "--base", "xception", "--input", "150", "--outputs", "1", "--stage", "head");
        assertThat(frozen.out())
                .contains("Total params: 20,863,529")
                .contains("Trainable params: 2,049")
                .contains("Non-trainable params: 20,861,480");
        Cli unfrozen =
                Cli.run("summary", "--base", "xception", "--input", "150", "--outputs", "1", "--stage", "fine-tune");
        assertThat(unfrozen.out()).contains("Trainable params: 20,809,001").contains("Non-trainable params: 54,528");
    }

    private static void refuses(Cli run, String... messages) {
        refuses(2, run, messages);
    }

    private static void refuses(int exitCode, Cli run, String... messages) {
        assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
        assertThat(run.err()).contains("graft: ").contains(messages).doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
    }

    private static String[] with(String[] more, String... arguments) {
        String[] all = new String[arguments.length + more.length];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return all;
    }
}
