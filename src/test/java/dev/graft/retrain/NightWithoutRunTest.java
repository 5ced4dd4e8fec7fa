package dev.graft.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.manifest.ListingNote;
import dev.graft.pipeline.KeptLog;
import dev.graft.pipeline.Stages;
import dev.graft.report.NightRecord;
import dev.graft.report.RunJson;
import dev.graft.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NightWithoutRunTest {
    private static final ListingNote IGNORED =
            new ListingNote(ListingNote.Kind.NOT_IMAGES, 500, List.of("s3a://photos/a.heic"));
    private static final String IGNORED_TEXT = "ignored 500 files that are not images, such as s3a://photos/a.heic";

    private final String model;
    private final Path runs;
    private final KeptLog log = new KeptLog();
    private final NightlyNotes notes = new NightlyNotes(log);
    private final NightWithoutRun night;

    NightWithoutRunTest(@TempDir Path directory) {
        this.model = directory.toUri() + "pets";
        this.runs = directory.resolve("pets/runs");
        List<String> settings = List.of("retrain.model=" + model, "seed=17");
        this.night = new NightWithoutRun(Stages.from(Settings.load(List.of(), settings)), new Configuration(), notes);
    }

    private Path only(String pattern) throws IOException {
        List<Path> found = new ArrayList<>();
        try (var files = Files.newDirectoryStream(runs.resolve("nights"), pattern)) {
            files.forEach(found::add);
        }
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private String index() throws IOException {
        return Files.readString(runs.resolve("index.html"));
    }

    @Test
    void aNightWithNothingNewHasItsNotesAndListingInTheIndex() throws IOException {
        notes.listed(List.of(IGNORED));
        notes.note("Note: to know");
        night.note(NightRecord.Kind.NOTHING_NEW, 3, "nothing new");
        NightRecord record = RunJson.read(Files.readAllBytes(only("*-nothing_new.json")), NightRecord.class);
        assertThat(record.listing()).containsExactly(IGNORED);
        assertThat(record.notes()).containsExactly("Note: to know");
        assertThat(log.lines).containsExactly(IGNORED_TEXT);
        assertThat(index())
                .contains("<summary>To know: 2</summary><ul><li>Note: to know</li><li>" + IGNORED_TEXT + "</li></ul>");
    }

    @Test
    void aNightThatFailedHasThemOnItsPage() throws IOException {
        notes.listed(List.of(IGNORED));
        notes.note("Note: to know");
        night.note(NightRecord.Kind.FAILED, -1, "Cannot go on");
        assertThat(Files.readString(only("*-failed.html")))
                .contains("<ul id=\"notes\"><li>Note: to know</li></ul>")
                .contains("<ul id=\"listing\"><li>" + IGNORED_TEXT + "</li></ul>")
                .contains("seed=&quot;17&quot;");
        assertThat(index()).contains("-failed.html\">").doesNotContain("<summary>");
    }

    @Test
    void theRowOfANightThatLeftTheIndexComesWithTheNext() throws IOException {
        night.record(NightRecord.Kind.GAVE_WAY, "another run is at work");
        only("*-gave_way.json");
        assertThat(runs.resolve("index.html")).doesNotExist();
        night.note(NightRecord.Kind.NOTHING_NEW, 3, "nothing new");
        assertThat(index()).contains("another run is at work", "nothing new");
    }

    @Test
    void manyDamagedRecordsAreThreeNotesAndANumber() throws IOException {
        for (int i = 0; i < 5; i++) {
            Path run = Files.createDirectories(runs.resolve("2026031" + i + "-030000-0123456789abcdef"));
            Files.writeString(run.resolve("run.json"), "{".repeat(1000));
        }
        night.note(NightRecord.Kind.FAILED, -1, "Cannot go on");
        assertThat(notes.all())
                .hasSize(4)
                .allMatch(note -> note.length() < 400)
                .last()
                .isEqualTo("Note: 2 more records cannot be read and are left out of the runs");
    }

    @Test
    void recordsThatAreDamagedAreToldByANightThatFailed() throws IOException {
        Path run = Files.createDirectories(runs.resolve("20260314-030000-0123456789abcdef"));
        Files.writeString(run.resolve("run.json"), "{");
        Path other = Files.createDirectories(runs.resolve("nights")).resolve("20260315-030000-nothing_new.json");
        Files.writeString(other, "{}");
        night.note(NightRecord.Kind.FAILED, -1, "Cannot go on");
        assertThat(notes.all())
                .satisfiesExactly(
                        note -> assertThat(note)
                                .startsWith(
                                        "Note: file:" + run + "/run.json cannot be read and is left out of the runs: "),
                        note -> assertThat(note)
                                .startsWith("Note: file:" + other + " cannot be read and is left out of the index: "));
        assertThat(log.notes).isEqualTo(notes.all());
        NightRecord record = RunJson.read(Files.readAllBytes(only("*-failed.json")), NightRecord.class);
        assertThat(record.notes()).isEqualTo(notes.all());
        assertThat(Files.readString(only("*-failed.html")))
                .contains("is left out of the runs: ", "is left out of the index: ");
    }

    @Test
    void theIndexSaysThatItShowsTheLatestOnly() throws IOException {
        Path nights = Files.createDirectories(runs.resolve("nights"));
        Instant first = Instant.parse("2025-01-01T03:00:00Z");
        for (int day = 0; day < 366; day++) {
            Instant ended = first.plus(Duration.ofDays(day));
            String name = ended.toString().replaceAll("[-:Z]", "").replace('T', '-') + "-nothing_new.json";
            NightRecord older =
                    new NightRecord(NightRecord.Kind.NOTHING_NEW, ended, 3, "night " + day + ".", List.of(), List.of());
            Files.write(nights.resolve(name), RunJson.write(older));
        }
        new Runs(model, new Configuration(), notes::note).writeIndex(past());
        assertThat(index()).contains(">night 0.<", ">night 365.<").doesNotContain("are shown");
        night.note(NightRecord.Kind.NOTHING_NEW, 3, "the last one");
        assertThat(index())
                .contains(
                        "Only the latest 366 of 367 nights without a run are shown; the files of the others lie beside"
                                + " this page.")
                .contains("the last one", ">night 1.<", ">night 365.<")
                .doesNotContain(">night 0.<");
        assertThat(new Past(List.of(), List.of(), 1367, 367).left())
                .isEqualTo("Only the latest 366 of 1,367 runs and the latest 366 of 367 nights without a run are shown;"
                        + " the files of the others lie beside this page.");
    }

    private Past past() {
        return new Runs(model, new Configuration(), notes::note).past();
    }
}
