package dev.graft.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.report.RunJson;
import dev.graft.settings.SmallFile;
import dev.graft.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(15);
    private static final LockSettings NO_WAIT = new LockSettings(TIMEOUT, Duration.ZERO);
    private static final Instant THREE = Instant.parse("2026-03-14T03:00:00Z");
    /** A process of another machine, as the release wrote it that did not know boots yet. */
    private static final String ELSEWHERE = """
            {
              "token" : "f7a1",
              "host" : "elsewhere",
              "process" : 77,
              "started" : "2026-03-14T02:00:00Z",
              "renewed" : "2026-03-14T03:00:00Z"
            }
            """;

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
        return take(now, NO_WAIT);
    }

    private RunLock take(Instant now, LockSettings settings) {
        return RunLock.take(storage, file, settings, Clock.fixed(now, ZoneOffset.UTC), log);
    }

    private void write(String holder) throws IOException {
        storage.replace(file, holder.getBytes(StandardCharsets.UTF_8));
    }

    private void write(LockHolder holder) throws IOException {
        storage.replace(file, RunJson.write(holder));
    }

    private LockHolder holder() throws IOException {
        return RunJson.read(storage.read(file, SmallFile.NOTE_BYTES), LockHolder.class);
    }

    /** The same machine, and a process that has ended but for its name in the table. */
    private static LockHolder killed() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        LockHolder self = LockHolder.self(THREE);
        LockHolder alive = new LockHolder(
                "f7a2",
                self.host(),
                self.boot(),
                self.pidNamespace(),
                process.pid(),
                LockHolder.startOf(process.pid()),
                THREE,
                THREE);
        assertThat(alive.isGone()).isFalse();
        process.destroyForcibly().waitFor();
        return alive;
    }

    @Test
    void aSecondRunIsRefusedAndToldWhoIsAtWork() throws IOException {
        write(ELSEWHERE);
        assertThatThrownBy(() -> take(THREE.plusSeconds(899)))
                .isInstanceOf(RunningException.class)
                .hasMessage("Cannot start: another run is at work, process 77 on elsewhere, begun at"
                        + " 2026-03-14T02:00:00Z, last seen at 2026-03-14T03:00:00Z (its lock " + file
                        + " is taken over 900 s after it was last seen, retrain.lock-timeout-s;"
                        + " extract.wait-for-lock waits for it)");
        assertThat(storage.read(file, SmallFile.NOTE_BYTES)).asString().isEqualTo(ELSEWHERE);
    }

    @Test
    void aRunThatEndedLeavesNoLock() {
        take(THREE).close();
        assertThat(directory).isEmptyDirectory();
        take(THREE.plusSeconds(1)).close();
        assertThat(log.notes).isEmpty();
    }

    @Test
    void theLockOfARunThatGaveNoSignOfLifeIsTakenOver() throws IOException {
        write(ELSEWHERE);
        Files.writeString(directory.resolve("._lock.left-by-it"), "{");
        try (RunLock lock = take(THREE.plus(TIMEOUT))) {
            lock.requireHeld();
            assertThat(log.notes)
                    .containsExactly("taking over from a run that has ended without a word: process 77 on elsewhere,"
                            + " begun at 2026-03-14T02:00:00Z, last seen at 2026-03-14T03:00:00Z");
            assertThat(directory.toFile().list()).containsExactly("_lock");
        }
    }

    @Test
    void theLockOfAProcessOfThisMachineThatIsGoneIsTakenOverAtOnce() throws Exception {
        write(killed());
        try (RunLock lock = take(THREE)) {
            lock.requireHeld();
            assertThat(log.notes)
                    .singleElement()
                    .asString()
                    .startsWith("taking over from a run that has ended without a word: process ");
        }
    }

    @Test
    void aNumberThatIsAnotherProcessNowIsNoSignOfLife() throws Exception {
        LockHolder self = LockHolder.self(THREE);
        write(new LockHolder(
                "f7a3",
                self.host(),
                self.boot(),
                self.pidNamespace(),
                self.process(),
                self.processStarted() - 1,
                THREE,
                THREE));
        take(THREE).close();
        assertThat(log.notes).hasSize(1);
    }

    @Test
    void aProcessOfAnotherHostBootOrNamespaceIsNotLookedFor() throws Exception {
        LockHolder gone = killed();
        assertThat(gone.isGone()).isTrue();
        assertThat(copy(gone, "elsewhere", gone.boot(), gone.pidNamespace()).isGone())
                .isFalse();
        assertThat(copy(gone, gone.host(), "another", gone.pidNamespace()).isGone())
                .isFalse();
        assertThat(copy(gone, gone.host(), gone.boot(), "pid:[1]").isGone()).isFalse();
        assertThat(copy(gone, gone.host(), "", "").isGone()).isFalse();
        write(copy(gone, gone.host(), gone.boot(), "pid:[1]"));
        assertThatThrownBy(() -> take(THREE)).isInstanceOf(RunningException.class);
    }

    private static LockHolder copy(LockHolder holder, String host, String boot, String pidNamespace) {
        return new LockHolder(
                "f7a4",
                host,
                boot,
                pidNamespace,
                holder.process(),
                holder.processStarted(),
                holder.started(),
                holder.renewed());
    }

    @Test
    void aLockThatWasNeverWrittenWholeIsTakenOver() throws IOException {
        Files.writeString(directory.resolve("_lock"), "{\"token\":");
        take(THREE).close();
        assertThat(log.notes)
                .containsExactly("taking over from a run that has ended without a word: its lock cannot be read");
    }

    @Test
    void aRunWaitsForOneOfAnotherProcessAsLongAsTheSettingsSay() throws Exception {
        write(ELSEWHERE);
        CompletableFuture<Void> end = CompletableFuture.runAsync(
                () -> assertThat(directory.resolve("_lock").toFile().delete()).isTrue(),
                CompletableFuture.delayedExecutor(1500, TimeUnit.MILLISECONDS));
        try (RunLock lock = take(THREE, new LockSettings(TIMEOUT, Duration.ofMinutes(1)))) {
            lock.requireHeld();
        }
        end.get();
        assertThat(log.notes)
                .containsExactly("waiting for another run, process 77 on elsewhere, begun at 2026-03-14T02:00:00Z, last"
                        + " seen at 2026-03-14T03:00:00Z");
    }

    @Test
    void aRunWaitsForAnotherInTheSameProcess() throws Exception {
        RunLock first = take(THREE);
        CompletableFuture<RunLock> second = CompletableFuture.supplyAsync(() -> take(THREE));
        Thread.sleep(300);
        first.requireHeld();
        assertThat(second).isNotDone();
        first.close();
        try (RunLock lock = second.get(10, TimeUnit.SECONDS)) {
            lock.requireHeld();
        }
        assertThat(log.notes).containsExactly("waiting for another run in this process, which holds " + file);
    }

    @Test
    void aRunThatWasTakenForDeadDoesNotGoOn() throws IOException {
        RunLock first = take(THREE);
        write(ELSEWHERE);
        assertThatThrownBy(first::requireHeld)
                .isInstanceOf(RunningException.class)
                .hasMessage("Cannot go on: another run has taken this one for dead and holds " + file
                        + " (raise retrain.lock-timeout-s if this machine was suspended, or its storage silent, for"
                        + " long)");
        first.close();
        assertThat(storage.read(file, SmallFile.NOTE_BYTES)).asString().isEqualTo(ELSEWHERE);
    }

    @Test
    void aRunThatLivesRenewsItsLock() throws Exception {
        LockSettings brief = new LockSettings(Duration.ofMillis(500), Duration.ZERO);
        try (RunLock lock = RunLock.take(storage, file, brief, Clock.systemUTC(), log)) {
            Thread.sleep(1000);
            lock.requireHeld();
            assertThat(holder().renewed()).isAfter(holder().started());
        }
        assertThat(directory).isEmptyDirectory();
    }
}
