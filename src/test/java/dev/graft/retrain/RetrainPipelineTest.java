package dev.graft.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.TestSpark;
import dev.graft.drawn.DemoImages;
import dev.graft.manifest.ListingNote;
import dev.graft.pipeline.KeptLog;
import dev.graft.pipeline.RunContext;
import dev.graft.pipeline.Stages;
import dev.graft.publish.Decision;
import dev.graft.publish.ModelRegistry;
import dev.graft.publish.VersionSummary;
import dev.graft.report.Night;
import dev.graft.report.Outcome;
import dev.graft.report.RunRecord;
import dev.graft.report.StageTime;
import dev.graft.settings.InvalidInputException;
import dev.graft.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Nights of one model, one after another. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RetrainPipelineTest {
    private static final int PER_CLASS = 60;

    @TempDir
    private static Path directory;

    private KeptLog log = new KeptLog();

    private RunRecord night(String... assignments) {
        return ended(assignments).run();
    }

    private Night ended(String... assignments) {
        List<String> all = new ArrayList<>(List.of(
                "retrain.images=" + directory.resolve("pictures").toUri(),
                "retrain.model=" + model(),
                "base.input=64",
                "base.cut=block3",
                "head.epochs=15",
                "augment.flip=horizontal"));
        all.addAll(List.of(assignments));
        log = new KeptLog();
        Stages stages = Stages.from(Settings.load(List.of(), all));
        return new RetrainPipeline(new RunContext(TestSpark.session(), stages, "graft retrain", log)).run();
    }

    private String model() {
        return directory.toUri() + "models/pets";
    }

    private ModelRegistry registry() {
        return new ModelRegistry(model(), new Configuration());
    }

    private Path runFile(RunRecord run, String name) {
        return directory.resolve("models/pets/runs").resolve(run.run()).resolve(name);
    }

    @Test
    @Order(1)
    void theFirstNightPromotesItsModel() throws IOException {
        DemoImages.Written written = DemoImages.write(directory.resolve("pictures"), PER_CLASS, 3);
        Path left = Files.createDirectories(
                directory.resolve("models/pets/runs/_manifest.parquet.0123abcd-0123-4567-89ab-0123456789ab"));
        Files.writeString(left.resolve("part-0.parquet"), "half of it");
        Files.createDirectory(directory.resolve("pictures/lost+found"));
        Files.createDirectory(directory.resolve("pictures/bird"));
        RunRecord run = night();
        assertThat(run.outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(run.reasons()).containsExactly("the first version of this model");
        String pictures = "file:" + directory.resolve("pictures");
        List<String> beside = List.of(
                "ignored 1 folder that is hidden, such as " + pictures + "/lost+found",
                "ignored 1 class folder without images, such as " + pictures + "/bird");
        assertThat(log.lines).containsSequence(beside);
        assertThat(run.listing()).extracting(ListingNote::text).isEqualTo(beside);
        assertThat(runFile(run, "report.html")).content().contains(beside);
        assertThat(runFile(run, "run.json")).content().contains(pictures + "/bird");
        assertThat(registry().current()).contains(run.candidate());
        assertThat(run.accounting().toString())
                .isEqualTo(
                        "images " + written.files() + " = written " + written.pictures() + " + reused 0 + rejected 3");
        assertThat(run.data().rejects().byReason()).containsKeys("empty", "truncated");
        assertThat(run.stages())
                .extracting(StageTime::stage)
                .containsExactly("extract", "check", "head", "evaluate", "decide");
        assertThat(run.history().lines()).hasSize(15);
        assertThat(runFile(run, "report.html")).exists();
        assertThat(directory.resolve("models/pets/runs/index.html")).exists();
        assertThat(directory.resolve("models/pets/runs").toFile().list())
                .noneMatch(name -> name.startsWith(".") || name.startsWith("_"));
    }

    @Test
    @Order(2)
    void aRunThatWasInterruptedGoesOnWhereItWas() throws IOException {
        RunRecord run =
                new Runs(model(), new Configuration(), note -> {}).ended().get(0);
        for (String file : List.of("run.json", "report.html", "stage-decide.json")) {
            Files.delete(runFile(run, file));
        }
        RunRecord again = night();
        assertThat(log.notes).contains("check: done before", "head: done before", "evaluate: done before");
        assertThat(log.epochs).isZero();
        assertThat(again.run()).isEqualTo(run.run());
        assertThat(again.candidate()).isEqualTo(run.candidate());
        assertThat(again.reasons()).isEqualTo(run.reasons());
        assertThat(again.started()).isEqualTo(run.started());
        assertThat(again.accounting()).isEqualTo(run.accounting());
        assertThat(again.notes()).isEqualTo(run.notes());
        assertThat(registry().current()).contains(run.candidate());
        assertThat(runFile(run, "report.html")).exists();
    }

    @Test
    @Order(3)
    void aNightWithNothingNewDoesNoWork() throws IOException {
        RunRecord first = night();
        assertThat(log.lines)
                .endsWith("nothing new since run " + first.run() + ": no work; the current version is "
                        + first.candidate());
        assertThat(log.epochs).isZero();
        assertThat(registry().versions()).hasSize(1);
        assertThat(log.lines).anyMatch(line -> line.endsWith("written 0 + reused 120 + rejected 3"));
        assertThat(Files.readString(directory.resolve("models/pets/runs/index.html")))
                .contains("<li>Warning: xception-mini, the bundled base, was trained on drawn")
                .contains("<li>ignored 1 folder that is hidden, such as file:"
                        + directory.resolve("pictures/lost+found") + "</li>");
    }

    @Test
    @Order(4)
    void aWorseCandidateIsKeptMarkedAndNotPromoted() {
        String current = registry().current().orElseThrow();
        RunRecord run = night("head.epochs=0");
        assertThat(run.outcome()).isEqualTo(Outcome.CANDIDATE_REFUSED);
        assertThat(run.current()).isEqualTo(current);
        assertThat(run.reasons()).anyMatch(reason -> reason.contains("below the current model's"));
        assertThat(registry().current()).contains(current);
        VersionSummary kept = registry().versions().get(0);
        assertThat(kept.version()).isEqualTo(run.candidate());
        assertThat(kept.decision().orElseThrow().kind()).isEqualTo(Decision.Kind.REFUSED);
        assertThat(run.comparison()).isNotNull();
        assertThat(run.comparison().paired().images()).isEqualTo(run.metrics().images());
    }

    @Test
    @Order(5)
    void labelsThatTheCurrentModelContradictRefuseTheData() throws IOException {
        String current = registry().current().orElseThrow();
        Path pictures = directory.resolve("pictures");
        for (int i = 0; i < 20; i++) {
            move(find(pictures.resolve("cat"), i), pictures.resolve("dog"));
            move(find(pictures.resolve("dog"), i), pictures.resolve("cat"));
        }
        RunRecord run = night("checks.contradiction-probability=0.5");
        assertThat(run.outcome()).isEqualTo(Outcome.DATA_REFUSED);
        assertThat(run.reasons())
                .anyMatch(reason -> reason.startsWith("the current model contradicts the labels of ")
                        && reason.contains("in all 0 were added and 40 relabelled"));
        assertThat(run.data().additions().suspects()).isNotEmpty();
        assertThat(run.candidate()).isEmpty();
        assertThat(log.epochs).isZero();
        assertThat(registry().current()).contains(current);
        String page = Files.readString(runFile(run, "report.html"));
        assertThat(page).contains("Refused: the data").contains("moved-");
    }

    @Test
    @Order(6)
    void aNightMayTrainLayersOfTheBaseAfterTheHead() throws IOException {
        RunRecord run = night(
                "retrain.fine-tune=true",
                "checks.max-contradicted-share=1",
                "promote.max-accuracy-drop=1",
                "promote.max-recall-drop=1",
                "head.epochs=3",
                "fine-tune.epochs=1",
                "fine-tune.layers=[{match=block3, learning-rate=1e-3}, {match=\".*\", frozen=true}]");
        assertThat(run.outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(run.stages()).extracting(StageTime::stage).contains("head", "fine-tune");
        assertThat(log.epochs).isEqualTo(4);
        boolean isFineTuned = log.lines.stream().anyMatch(line -> line.endsWith("the fine-tuned model is kept"));
        assertThat(run.provenance().parent().contains("/runs/" + run.run() + "/head/versions/"))
                .isEqualTo(isFineTuned);
        assertThat(Files.readString(runFile(run, "report.html")).contains("fine-tuned from"))
                .isEqualTo(isFineTuned);
        assertThat(registry().current()).contains(run.candidate());
        assertThat(log.lines).contains("batch norm statistics changed: 0", "frozen weights changed: 0");
        assertThat(directory.resolve("models/pets/checkpoints")).isEmptyDirectory();
    }

    @Test
    @Order(7)
    void whatIsLeftOfEarlierRunsAndWhatIsNotUsedIsSaidOnThePageToo() throws IOException {
        String current = registry().current().orElseThrow();
        Runs runs = new Runs(model(), new Configuration(), note -> {});
        Path damaged = runFile(runs.ended().get(0), "run.json");
        Files.writeString(damaged, "{");
        Files.createDirectories(directory.resolve("models/pets/runs/20990101-000000-0123456789abcdef"));
        RunRecord run = night("head.epochs=0", "checks.near-duplicate-images=0");
        assertThat(run.notes())
                .anyMatch(note -> note.startsWith("Warning: xception-mini, the bundled base, was trained on drawn"))
                .anyMatch(note -> note.startsWith("Warning: augment is not used: features of one view"))
                .anyMatch(note ->
                        note.startsWith("Note: file:" + damaged + " cannot be read and is left out of the runs: "))
                .anyMatch(note ->
                        note.startsWith("Note: run 20990101-000000-0123456789abcdef was begun and has not ended"))
                .anyMatch(note -> note.startsWith("Note: none of the latest runs has a record of version " + current));
        assertThat(log.notes).containsAll(run.notes());
        assertThat(Files.readString(runFile(run, "report.html")))
                .contains("<li>Note: none of the latest runs has a record of version");

        for (String file : List.of("run.json", "report.html", "stage-decide.json")) {
            Files.delete(runFile(run, file));
        }
        RunRecord again = night("head.epochs=0", "checks.near-duplicate-images=0");
        assertThat(again.run()).isEqualTo(run.run());
        assertThat(log.notes).contains("check: done before").containsAll(run.notes());
        assertThat(again.notes()).as("those of a stage that is skipped too").isEqualTo(run.notes());
        assertThat(Files.readString(runFile(again, "report.html")))
                .contains("<li>Note: none of the latest runs has a record of version");
    }

    private static void move(Path picture, Path folder) throws IOException {
        Files.move(picture, folder.resolve("moved-" + picture.getFileName()));
    }

    private static Path find(Path folder, int index) throws IOException {
        try (var files = Files.newDirectoryStream(folder, String.format("%04d.*", index))) {
            return files.iterator().next();
        }
    }

    @Test
    void settingsThatNameNothingToWorkOnAreRefused() {
        assertThatThrownBy(() -> night("retrain.model=\"\""))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Missing setting: retrain.model");
        assertThatThrownBy(() -> night("retrain.images=\"\""))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Missing setting: retrain.manifest, or retrain.images for a directory of class folders");
        assertThatThrownBy(() -> night("retrain.manifest=pets.csv"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageEndingWith("(retrain.manifest is given too; give one of them)");
    }
}
