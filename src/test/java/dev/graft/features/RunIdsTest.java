package dev.graft.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunIdsTest {
    @ParameterizedTest
    @CsvSource({
        "29991231-235959-999-ffffff, 30000101-000000-000",
        "29991231-235959-a1b2c3, 30000101-000000-000",
        "29990101-120000-000-zzzzzz, 29990101-120001-000"
    })
    void aRunIsNamedAfterAllThatWereBefore(String latest, String expected) {
        assertThat(RunIds.next(Optional.of(latest))).isGreaterThan(latest).startsWith(expected + "-");
    }

    @Test
    void aRunIsNamedAfterItsTimeWhereClocksAgree() {
        String now = RunIds.next(Optional.empty());

        assertThat(now).matches("\\d{8}-\\d{6}-\\d{3}-[0-9a-f]{6}");
        assertThat(RunIds.next(Optional.of("20260314-091500-000-a1b2c3")).substring(0, 8))
                .isEqualTo(now.substring(0, 8));
    }
}
