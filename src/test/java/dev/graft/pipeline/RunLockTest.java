package dev.graft.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.publish.Storage;
import dev.graft.report.RunJson;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(15);
    private static final Instant THREE = Instant.parse("2026-03-14T03:00:00Z");

    @TempDir
    private java.nio.file.Path directory;

    private final KeptLog log = new KeptLog();
    private Path file;
    private Storage storage;

    @BeforeEach
    void open() throws IOException {
        file = new Path(directory.resolve("_lock").toUri());
        storage = Storage.of(file, new Configuration());
    }

    private RunLock take(Instant now) {
        return RunLock.take(storage, file, TIMEOUT, Clock.fixed(now, ZoneOffset.UTC), log);
    }

    @Test
    void aSecondRunIsRefusedAndToldWhoIsAtWork() {
        try (RunLock lock = take(THREE)) {
            lock.requireHeld();
            assertThatThrownBy(() -> take(THREE.plusSeconds(899)))
                    .isInstanceOf(RunningException.class)
                    .hasMessageStartingWith("Cannot start: another run is at work, process "
                            + ProcessHandle.current().pid() + " on ")
                    .hasMessageContaining(
                            "begun at 2026-03-14T03:00:00Z, last seen at 2026-03-14T03:00:00Z (its lock " + file)
                    .hasMessageContaining("is taken over 900 s after it was last seen, retrain.lock-timeout-s)");
            lock.requireHeld();
        }
    }

    @Test
    void aRunThatEndedLeavesNoLock() {
        take(THREE).close();
        assertThat(directory.resolve("_lock")).doesNotExist();
        take(THREE.plusSeconds(1)).close();
        assertThat(log.notes).isEmpty();
    }

    @Test
    void theLockOfADeadRunIsTakenOver() {
        RunLock dead = take(THREE);
        try (RunLock lock = take(THREE.plus(TIMEOUT))) {
            lock.requireHeld();
            assertThat(log.notes)
                    .singleElement()
                    .asString()
                    .startsWith("taking over from a run that has ended without a word: process ");
            dead.close();
            assertThat(directory.resolve("_lock")).exists();
        }
    }

    @Test
    void aLockThatWasNeverWrittenWholeIsTakenOver() throws IOException {
        Files.writeString(directory.resolve("_lock"), "{\"token\":");
        take(THREE).close();
        assertThat(log.notes)
                .containsExactly("taking over from a run that has ended without a word: its lock cannot be read");
    }

    @Test
    void aRunThatWasTakenForDeadDoesNotGoOn() {
        Clock later = Clock.fixed(THREE.plusSeconds(1), ZoneOffset.UTC);
        try (RunLock first = take(THREE);
                RunLock second = RunLock.take(storage, file, Duration.ofMillis(500), later, log)) {
            second.requireHeld();
            assertThatThrownBy(first::requireHeld)
                    .isInstanceOf(RunningException.class)
                    .hasMessageStartingWith("Cannot go on: another run has taken this one for dead and holds " + file);
        }
    }

    @Test
    void aRunThatLivesRenewsItsLock() throws Exception {
        Duration brief = Duration.ofMillis(500);
        try (RunLock lock = RunLock.take(storage, file, brief, Clock.systemUTC(), log)) {
            Thread.sleep(2 * brief.toMillis());
            lock.requireHeld();
            assertThatThrownBy(() -> RunLock.take(storage, file, Duration.ofSeconds(30), Clock.systemUTC(), log))
                    .isInstanceOf(RunningException.class);
            RunLock.Holder holder = RunJson.read(storage.read(file), RunLock.Holder.class);
            assertThat(holder.renewed()).isAfter(holder.started());
        }
    }
}
