package dev.graft.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
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
}
