package dev.graft.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunJsonTest {
    @Test
    void aRecordSurvivesAndWhatIsNotDefinedIsNull() throws Exception {
        RunRecord run = RunRecords.run(Outcome.PROMOTED, "better");
        byte[] json = RunJson.write(run);
        assertThat(RunJson.read(json, RunRecord.class)).isEqualTo(run);
        assertThat(new String(json, StandardCharsets.UTF_8))
                .contains("\"auc\" : null")
                .doesNotContain("NaN");
    }

    @Test
    void theRecordOfAnOlderNightHasNoNotes() throws Exception {
        String json = """
                {"kind": "FAILED", "ended": "2026-03-14T03:05:07Z", "images": -1, "message": "Cannot read a.csv"}
                """;
        NightRecord night = RunJson.read(json.getBytes(StandardCharsets.UTF_8), NightRecord.class);
        assertThat(night)
                .isEqualTo(new NightRecord(
                        NightRecord.Kind.FAILED,
                        Instant.parse("2026-03-14T03:05:07Z"),
                        -1,
                        "Cannot read a.csv",
                        List.of(),
                        List.of()));
        assertThat(RunJson.read(RunJson.write(night), NightRecord.class)).isEqualTo(night);
    }
}
