package dev.graft.pipeline;

import dev.graft.settings.Settings;
import java.time.Duration;

/**
 * How long runs wait for each other.
 *
 * @param timeout how long a run that gives no sign of life keeps others out
 * @param patience how long a run waits for one that is at work, before it gives up
 */
record LockSettings(Duration timeout, Duration patience) {
    private static final long SHORTEST_TIMEOUT_SECONDS = 10;
    private static final long LONGEST_TIMEOUT_SECONDS = 86_400;
    private static final Duration LONGEST_WAIT = Duration.ofDays(7);

    static LockSettings from(Settings settings) {
        return new LockSettings(
                Duration.ofSeconds(settings.section("retrain")
                        .wholeNumber("lock-timeout-s", SHORTEST_TIMEOUT_SECONDS, LONGEST_TIMEOUT_SECONDS)),
                settings.section("extract").duration("wait-for-lock", LONGEST_WAIT));
    }
}
