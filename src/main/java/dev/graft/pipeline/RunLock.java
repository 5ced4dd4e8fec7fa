package dev.graft.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.graft.report.RunJson;
import dev.graft.settings.InvalidInputException;
import dev.graft.settings.SmallFile;
import dev.graft.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps two runs apart that would write to the same place: a file with the name of the one at work, who renews it as long
 * as he lives. A run whose process is gone, or that has not renewed it for the time-out, is taken for dead, and the next
 * one takes its place. Clocks may differ by less than the time-out. In one JVM the second waits for the first.
 *
 * <p>On an object store two runs that begin at the same moment may both believe they made the file, and so may two that
 * take it from a dead one anywhere; so each reads it again after a moment, and the one whose name is not in it gives way.
 */
public final class RunLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);
    private static final int RENEWALS_IN_TIMEOUT = 10;
    private static final Duration LONGEST_RENEWAL = Duration.ofMinutes(1);
    private static final Duration LOOK_AGAIN_AFTER = Duration.ofSeconds(1);

    /** How long two that take a dead run's lock at the same moment may be apart. */
    private static final Duration SETTLING = Duration.ofSeconds(2);

    /** After Spark's context has ended, so that nobody writes any more, and before Hadoop closes its file systems. */
    private static final int SHUTDOWN_PRIORITY = 20;

    private static final Map<Path, Semaphore> TURNS = new ConcurrentHashMap<>();

    private final Storage storage;
    private final Path file;
    private final LockSettings settings;
    private final Clock clock;
    private final Semaphore turn;
    private final Timer renewal = new Timer("run lock", true);
    private final Runnable release = this::close;
    private LockHolder holder;
    private boolean lost;
    private boolean closed;

    private RunLock(Storage storage, Path file, LockSettings settings, Clock clock, Semaphore turn) {
        this.storage = storage;
        this.file = file;
        this.settings = settings;
        this.clock = clock;
        this.turn = turn;
        this.holder = LockHolder.self(clock.instant());
    }

    /**
     * Takes the lock, from a dead run if need be.
     *
     * @param told in one line when it waits, and when a dead run's lock is taken over
     * @throws RunningException when a run of another process is at work, and was for as long as the settings let this wait
     */
    static RunLock take(Storage storage, Path file, LockSettings settings, Clock clock, RunLog told) {
        Path place = storage.qualify(file);
        RunLock lock = new RunLock(storage, place, settings, clock, turn(place, told));
        boolean taken = false;
        try {
            ShutdownHookManager.get().addShutdownHook(lock.release, SHUTDOWN_PRIORITY);
            lock.acquire(told);
            taken = true;
            return lock;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot take the lock " + place + ": " + e.getMessage(), e);
        } finally {
            if (!taken) {
                lock.close();
            }
        }
    }

    /** Waits for the other runs of this JVM. */
    private static Semaphore turn(Path file, RunLog told) {
        Semaphore turn = TURNS.computeIfAbsent(file, any -> new Semaphore(1, true));
        if (!turn.tryAcquire()) {
            told.note("waiting for another run in this process, which holds " + file);
            try {
                turn.acquire();
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
        return turn;
    }

    private void acquire(RunLog told) throws IOException {
        long start = System.nanoTime();
        boolean waits = false;
        while (!create() && !takeOver(told)) {
            String other = read().map(LockHolder::text).orElse("it has just ended");
            if (System.nanoTime() - start >= settings.patience().toNanos()) {
                throw new RunningException(
                        "Cannot start: another run is at work, " + other + " (its lock " + file
                                + " is taken over " + settings.timeout().toSeconds()
                                + " s after it was last seen, retrain.lock-timeout-s; extract.wait-for-lock waits for it)",
                        file);
            }
            if (!waits) {
                told.note("waiting for another run, " + other);
                waits = true;
            }
            pause(LOOK_AGAIN_AFTER);
        }
        storage.deleteUnfinished(file);
        startRenewing();
    }

    private boolean create() throws IOException {
        holder = LockHolder.self(clock.instant());
        if (storage.exists(file)) {
            return false;
        }
        try {
            storage.createNew(file, RunJson.write(holder));
        } catch (FileAlreadyExistsException e) {
            return false;
        }
        pause(storage.settling());
        return isHeld();
    }

    private boolean takeOver(RunLog told) throws IOException {
        Optional<LockHolder> other = readTwice();
        if (other.isPresent() && !isDead(other.get())) {
            return false;
        }
        storage.replace(file, RunJson.write(holder));
        pause(SETTLING);
        if (!isHeld()) {
            return false;
        }
        told.note("taking over from a run that has ended without a word: "
                + other.map(LockHolder::text).orElse("its lock cannot be read"));
        return true;
    }

    private boolean isDead(LockHolder other) {
        return other.isGone() || !other.renewed().plus(settings.timeout()).isAfter(clock.instant());
    }

    /** One that cannot be read may be on the way into the file. */
    private Optional<LockHolder> readTwice() throws IOException {
        Optional<LockHolder> other = read();
        if (other.isEmpty()) {
            pause(SETTLING);
            return read();
        }
        return other;
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("Cannot take the lock: interrupted", cause);
    }

    /** Empty where there is none, or only a part of one, which a process that was killed left. */
    private Optional<LockHolder> read() throws IOException {
        try {
            return Optional.of(RunJson.read(storage.read(file, SmallFile.NOTE_BYTES), LockHolder.class));
        } catch (FileNotFoundException | JsonProcessingException | InvalidInputException e) {
            LOG.debug("No holder in {}", file, e);
            return Optional.empty();
        }
    }

    private void startRenewing() {
        Duration tenth = settings.timeout().dividedBy(RENEWALS_IN_TIMEOUT);
        long period = (tenth.compareTo(LONGEST_RENEWAL) < 0 ? tenth : LONGEST_RENEWAL).toMillis();
        renewal.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        renew();
                    }
                },
                period,
                period);
    }

    private synchronized void renew() {
        try {
            if (lost || closed || !isHeld()) {
                lost = true;
                renewal.cancel();
                return;
            }
            storage.replace(file, RunJson.write(holder.renewedAt(clock.instant())));
        } catch (IOException | RuntimeException e) { // whatever it is, the timer must go on
            LOG.warn("Cannot renew the lock {}; trying again: {}", file, e.getMessage());
        }
    }

    private boolean isHeld() throws IOException {
        return read().map(found -> found.token().equals(holder.token())).orElse(false);
    }

    /**
     * Refuses to go on when another run has taken this one for dead.
     *
     * @throws RunningException when it has
     */
    public synchronized void requireHeld() {
        try {
            lost |= !isHeld();
        } catch (IOException e) {
            LOG.warn("Cannot look at the lock {}: {}", file, e.getMessage());
        }
        if (lost) {
            throw new RunningException(
                    "Cannot go on: another run has taken this one for dead and holds " + file
                            + " (raise retrain.lock-timeout-s if this machine was suspended, or its storage silent, for long)",
                    file);
        }
    }

    /** Gives the lock back; a second time, nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        renewal.cancel();
        try {
            if (!lost && isHeld()) {
                storage.delete(file);
            }
        } catch (IOException e) {
            LOG.warn("Cannot delete the lock {}: {}", file, e.getMessage());
        } finally {
            if (!ShutdownHookManager.get().isShutdownInProgress()) {
                ShutdownHookManager.get().removeShutdownHook(release);
            }
            turn.release();
        }
    }
}
