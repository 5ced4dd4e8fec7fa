package dev.graft.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.forward.Accounting;
import dev.graft.manifest.ListingNote;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunFiguresTest {
    private static final Instant NOW = Instant.parse("2026-03-14T03:05:07Z");

    @Test
    void aRunThatEndedShowsItsFigures() {
        String figures = RunFigures.ended(RunRecords.run(Outcome.CANDIDATE_REFUSED, "worse"), NOW);
        assertThat(figures.lines())
                .contains(
                        "# TYPE graft_run_success gauge",
                        "graft_run_success{model=\"s3a://models/pets\"} 1.0",
                        "graft_run_promoted{model=\"s3a://models/pets\"} 0.0",
                        "graft_run_refused{model=\"s3a://models/pets\",what=\"candidate\"} 1.0",
                        "graft_run_refused{model=\"s3a://models/pets\",what=\"data\"} 0.0",
                        "graft_run_notes{model=\"s3a://models/pets\"} 2.0",
                        "graft_images_ignored{model=\"s3a://models/pets\"} 3.0",
                        "graft_images_timed_out{model=\"s3a://models/pets\"} 1.0",
                        "graft_run_duration_seconds{model=\"s3a://models/pets\"} 307.0",
                        "graft_images{model=\"s3a://models/pets\",outcome=\"reused\"} 2234.0",
                        "graft_images{model=\"s3a://models/pets\",outcome=\"rejected\"} 2.0",
                        "graft_images_timed_out{model=\"s3a://models/pets\"} 1.0",
                        "graft_stage_seconds{model=\"s3a://models/pets\",stage=\"extract\"} 120.5",
                        "graft_candidate_accuracy{model=\"s3a://models/pets\"} 0.945");
        assertThat(figures).containsPattern("graft_run_timestamp_seconds\\{model=\"s3a://models/pets\"} 1.773457507E9");
    }

    @Test
    void aNightWithNothingNewSinceARefusalIsRefusedToo() {
        Night.NothingNew night = new Night.NothingNew(
                RunRecords.run(Outcome.DATA_REFUSED, "the labels look wrong"),
                new Accounting(2436, 0, 2434, 2, 0),
                Duration.ofSeconds(20),
                "",
                List.of(
                        new ListingNote(ListingNote.Kind.NOT_IMAGES, 500, List.of("a.heic")),
                        new ListingNote(ListingNote.Kind.EMPTY_CLASSES, 1, List.of("bird")),
                        new ListingNote(ListingNote.Kind.SPELLED_TWICE, 1, List.of("Dog", "dog")),
                        new ListingNote(ListingNote.Kind.NESTED_SPLITS, 40, List.of("cat/test/a.jpg"))),
                List.of("Note: to know"));
        assertThat(RunFigures.nothingNew(night, NOW).lines())
                .contains(
                        "graft_run_success{model=\"s3a://models/pets\"} 1.0",
                        "graft_run_promoted{model=\"s3a://models/pets\"} 0.0",
                        "graft_run_refused{model=\"s3a://models/pets\",what=\"candidate\"} 0.0",
                        "graft_run_refused{model=\"s3a://models/pets\",what=\"data\"} 1.0",
                        "graft_run_notes{model=\"s3a://models/pets\"} 1.0",
                        "graft_images_ignored{model=\"s3a://models/pets\"} 501.0");
    }

    @Test
    void aRunThatPromotedRefusedNothing() {
        assertThat(RunFigures.ended(RunRecords.run(Outcome.PROMOTED, "better"), NOW)
                        .lines())
                .contains(
                        "graft_run_promoted{model=\"s3a://models/pets\"} 1.0",
                        "graft_run_refused{model=\"s3a://models/pets\",what=\"candidate\"} 0.0",
                        "graft_run_refused{model=\"s3a://models/pets\",what=\"data\"} 0.0");
    }

    @Test
    void aRunThatFailedSaysSoAndNothingElse() {
        assertThat(RunFigures.failed("s3a://models/pets", NOW).lines().filter(line -> !line.startsWith("#")))
                .containsExactly(
                        "graft_run_success{model=\"s3a://models/pets\"} 0.0",
                        "graft_run_timestamp_seconds{model=\"s3a://models/pets\"} 1.773457507E9");
    }
}
