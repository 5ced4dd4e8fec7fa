package dev.graft.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
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
                        "graft_run_duration_seconds{model=\"s3a://models/pets\"} 307.0",
                        "graft_images{model=\"s3a://models/pets\",outcome=\"reused\"} 2234.0",
                        "graft_stage_seconds{model=\"s3a://models/pets\",stage=\"extract\"} 120.5",
                        "graft_candidate_accuracy{model=\"s3a://models/pets\"} 0.945");
        assertThat(figures).containsPattern("graft_run_timestamp_seconds\\{model=\"s3a://models/pets\"} 1.773457507E9");
    }

    @Test
    void aRunThatFailedSaysSoAndNothingElse() {
        assertThat(RunFigures.failed("s3a://models/pets", NOW).lines().filter(line -> !line.startsWith("#")))
                .containsExactly(
                        "graft_run_success{model=\"s3a://models/pets\"} 0.0",
                        "graft_run_timestamp_seconds{model=\"s3a://models/pets\"} 1.773457507E9");
    }
}
