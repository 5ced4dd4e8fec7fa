package dev.graft.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.TestSpark;
import dev.graft.drawn.DemoImages;
import dev.graft.manifest.ManifestSettings;
import dev.graft.manifest.Split;
import dev.graft.pipeline.KeptLog;
import dev.graft.pipeline.RunContext;
import dev.graft.pipeline.Stages;
import dev.graft.publish.ModelReader;
import dev.graft.publish.ModelRegistry;
import dev.graft.report.Night;
import dev.graft.report.Outcome;
import dev.graft.report.RunRecord;
import dev.graft.settings.Settings;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Nights of one model, whose classes and files come and go. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChangingClassesTest {
    @TempDir
    private static Path directory;

    private KeptLog log = new KeptLog();

    private Path pictures() {
        return directory.resolve("pictures");
    }

    private String model() {
        return directory.toUri() + "models/pets";
    }

    private ModelRegistry registry() {
        return new ModelRegistry(model(), new Configuration());
    }

    private Path runs() {
        return directory.resolve("models/pets/runs");
    }

    private Night night(String... assignments) {
        List<String> all = new ArrayList<>(List.of(
                "retrain.images=" + pictures().toUri(),
                "retrain.model=" + model(),
                "base.input=64",
                "base.cut=block3",
                "head.epochs=2",
                "checks.near-duplicate-images=0",
                "decode.max-rejected-share=0.3",
                "checks.max-class-drift=1",
                "checks.max-feature-drift=100",
                "checks.max-contradicted-share=1",
                "promote.max-accuracy-drop=1",
                "promote.max-recall-drop=1"));
        all.addAll(List.of(assignments));
        log = new KeptLog();
        Stages stages = Stages.from(Settings.load(List.of(), all));
        return new RetrainPipeline(new RunContext(TestSpark.session(), stages, "graft retrain", log)).run();
    }

    private RunRecord ended(String... assignments) {
        Night night = night(assignments);
        assertThat(night).isInstanceOf(Night.Ended.class);
        return night.run();
    }

    private List<String> labels() {
        return new ModelReader(new Configuration()).open(model()).description().labels();
    }

    private static void copy(Path from, Path to, String name) throws IOException {
        Files.createDirectories(to);
        Files.write(to.resolve(name), Files.readAllBytes(from));
    }

    private static Path first(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "0001.*")) {
            return files.iterator().next();
        }
    }

    @Test
    @Order(1)
    void threeClassesArePromoted() throws IOException {
        DemoImages.write(pictures(), 16, 3);
        DemoImages.write(directory.resolve("others"), 16, 4);
        Files.move(directory.resolve("others/cat"), pictures().resolve("bird"));
        assertThat(ended().outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(labels()).containsExactly("bird", "cat", "dog");
    }

    @Test
    @Order(2)
    void aClassThatIsGoneRefusesTheData() throws IOException {
        Files.move(pictures().resolve("bird"), directory.resolve("away"));
        RunRecord run = ended();
        assertThat(run.outcome()).isEqualTo(Outcome.DATA_REFUSED);
        assertThat(run.reasons())
                .containsExactly(
                        "a class of the current model would be lost: bird (promote.allow-lost-classes = false)");
        assertThat(Files.readString(runs().resolve(run.run()).resolve("report.html")))
                .contains("classes gained: none; lost: bird.");
        assertThat(labels()).contains("bird");
    }

    @Test
    @Order(3)
    void aClassMayBeLostWhereThatIsSaid() {
        RunRecord run = ended("promote.allow-lost-classes=true");
        assertThat(run.outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(run.data().additions().removed()).as("birds").isEqualTo(16);
        assertThat(run.data().additions().trained()).isZero();
        assertThat(labels()).containsExactly("cat", "dog");
    }

    @Test
    @Order(4)
    void dataThatGoBackAreDecidedAboutAgain() throws IOException {
        String without = registry().current().orElseThrow();
        Files.move(directory.resolve("away"), pictures().resolve("bird"));
        RunRecord run = ended();
        assertThat(run.outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(run.current()).isEqualTo(without);
        assertThat(run.data().classes().gained()).containsExactly("bird");
        assertThat(run.data().images().count(Split.TEST, "bird")).isEqualTo(1);
        assertThat(log.notes)
                .contains("Note: 1 test image of classes that the current model does not know is left out of the"
                        + " comparison: bird");
        assertThat(log.epochs).as("its model is there already").isZero();
        assertThat(log.lines)
                .contains("run " + run.run() + " is on what version " + run.candidate()
                        + " was trained on; it is held against the current version again");
        assertThat(labels()).containsExactly("bird", "cat", "dog");
        assertThat(registry().current()).contains(run.candidate());
    }

    @Test
    @Order(5)
    void aNightWithNothingNewHasARowAndPromotesNothing() throws IOException {
        Night night = night();
        assertThat(night).isInstanceOf(Night.NothingNew.class);
        assertThat(((Night.NothingNew) night).current())
                .isEqualTo(registry().current().orElseThrow());
        assertThat(Files.readString(runs().resolve("index.html"))).contains("nothing new since run ");
    }

    @Test
    @Order(6)
    void aRollbackByHandStands() throws IOException {
        String rolledBackFrom = registry().current().orElseThrow();
        registry().rollback("it confuses owls");
        String current = registry().current().orElseThrow();
        assertThat(night()).isInstanceOf(Night.NothingNew.class);
        assertThat(registry().current()).contains(current);

        deleteImagesOfTheRunOf(current);
        RunRecord between = ended("promote.allow-lost-classes=true", "head.epochs=3");
        assertThat(between.data().additions())
                .as("compared with a run of which part is gone")
                .isNull();
        assertThat(log.notes).anyMatch(note -> note.contains("its table of images is no longer whole"));
        assertThat(between.outcome()).isEqualTo(Outcome.PROMOTED);

        RunRecord again = ended();
        assertThat(again.candidate()).isEqualTo(rolledBackFrom);
        assertThat(again.outcome()).isEqualTo(Outcome.CANDIDATE_REFUSED);
        assertThat(again.reasons()).anyMatch(reason -> reason.contains("was rolled back (it confuses owls)"));
    }

    private void deleteImagesOfTheRunOf(String version) throws IOException {
        RunRecord run = new Runs(model(), new Configuration(), note -> {})
                .ended().stream()
                        .filter(each -> each.candidate().equals(version))
                        .findFirst()
                        .orElseThrow();
        try (DirectoryStream<Path> parts =
                Files.newDirectoryStream(runs().resolve(run.run()).resolve("images"), "*part-*")) {
            for (Path part : parts) {
                Files.delete(part);
            }
        }
    }

    @Test
    @Order(7)
    void onePictureOfANewClassInTestRefusesTheDataWithAPage() throws IOException {
        Path owl = pictures().resolve("owl");
        copy(first(pictures().resolve("cat")), owl, nameInTest(owl));
        RunRecord run = ended("promote.allow-lost-classes=true");
        assertThat(run.outcome()).isEqualTo(Outcome.DATA_REFUSED);
        assertThat(run.reasons())
                .containsExactly("classes without a training image: 1 of 4: 'owl' (train 0, validation 0, test 1) (add"
                        + " some, or remove them)");
        assertThat(runs().resolve(run.run()).resolve("report.html")).exists();
    }

    /** A name that the hash puts into test. */
    private static String nameInTest(Path folder) {
        ManifestSettings settings = ManifestSettings.from(Settings.withDefaults());
        return IntStream.range(0, 1000)
                .mapToObj(i -> "only" + i + ".jpg")
                .filter(name ->
                        settings.shares().split(folder.getFileName() + "/" + name, settings.seed()) == Split.TEST)
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Order(8)
    void aClassOfWhichNoTrainingImageCanBeDecodedRefusesTheData() throws IOException {
        Path owl = pictures().resolve("owl");
        for (int i = 0; i < 10; i++) {
            Files.createDirectories(owl);
            Files.writeString(owl.resolve("broken" + i + ".jpg"), "<html>503</html>");
        }
        RunRecord run = ended("promote.allow-lost-classes=true");
        assertThat(run.outcome()).isEqualTo(Outcome.DATA_REFUSED);
        assertThat(run.reasons())
                .singleElement()
                .asString()
                .startsWith("classes of which no training image can be decoded: 1 of 4: 'owl'");
    }

    @Test
    @Order(9)
    void onePictureUnderTwoLabelsIsReportedAndHasALimit() throws IOException {
        deleteOwls();
        copy(first(pictures().resolve("cat")), pictures().resolve("dog"), "twice.jpg");
        RunRecord run = ended("promote.allow-lost-classes=true", "checks.max-ambiguous-share=0.001", "seed=7");
        assertThat(run.outcome()).isEqualTo(Outcome.DATA_REFUSED);
        assertThat(run.data().ambiguous().images()).isEqualTo(2);
        assertThat(run.data().ambiguous().examples())
                .singleElement()
                .satisfies(example -> assertThat(example.otherLabel()).isEqualTo("dog"));
        assertThat(run.reasons()).anyMatch(reason -> reason.contains("a content that also stands under another label"));
        long trained = run.data().additions().trained();
        assertThat(trained).as("another seed deals the images otherwise").isPositive();
        assertThat(log.notes)
                .anyMatch(note -> note.startsWith("Warning: " + trained + " of "
                        + run.data().images().count(Split.TEST)
                        + " test images were training or validation images in run "));
    }

    @Test
    @Order(10)
    void aFirstVersionThatNobodyCouldTestIsPromotedAndSaidToBeOne() {
        RunRecord run = ended(
                "retrain.model=" + directory.toUri() + "models/untested",
                "manifest.split=[0.8, 0.2, 0]",
                "head.epochs=0");
        assertThat(run.outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(run.reasons())
                .containsExactly("the first version of this model, which nobody tested: there are no test images");
        assertThat(log.notes).anyMatch(note -> note.startsWith("Warning: no test image could be used"));
    }

    private void deleteOwls() throws IOException {
        Path owl = pictures().resolve("owl");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(owl)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(owl);
    }
}
