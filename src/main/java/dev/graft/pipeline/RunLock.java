package dev.graft.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.graft.publish.Storage;
import dev.graft.report.RunJson;
import dev.graft.settings.InvalidInputException;
import dev.graft.settings.SmallFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.UUID;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps two runs of one model apart: a file with the name of the one at work, who renews it as long as he lives. A run
 * that has not renewed it for the time-out is taken for dead, and the next one takes its place. Clocks may differ by less
 * than the time-out.
 *
 * <p>On an object store two runs that begin at the same moment may both believe they made the file; so each reads it
 * again after a moment, and the one whose name is not in it gives way.
 */
final class RunLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);
    private static final int RENEWALS_IN_TIMEOUT = 10;
    private static final Duration LONGEST_RENEWAL = Duration.ofMinutes(1);

    /** How long writes at the same moment may take to show. */
    private static final Duration SETTLING = Duration.ofSeconds(2);

    private final Storage storage;
    private final Path file;
    private final Clock clock;
    private final Holder holder;
    private final Timer renewal;
    private boolean lost;

    /**
     * A run that holds the lock.
     *
     * @param token tells it from every other
     * @param process its id on the host
     * @param renewed when it last gave a sign of life
     */
    record Holder(String token, String host, long process, Instant started, Instant renewed) {
        Holder {
            Objects.requireNonNull(token);
            Objects.requireNonNull(started);
            Objects.requireNonNull(renewed);
        }

        String text() {
            return "process " + process + " on " + host + ", begun at " + started.truncatedTo(ChronoUnit.SECONDS)
                    + ", last seen at " + renewed.truncatedTo(ChronoUnit.SECONDS);
        }
    }

    private RunLock(Storage storage, Path file, Clock clock, Holder holder, Duration timeout) {
        this.storage = storage;
        this.file = file;
        this.clock = clock;
        this.holder = holder;
        this.renewal = new Timer("run lock", true);
        Duration tenth = timeout.dividedBy(RENEWALS_IN_TIMEOUT);
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

    /**
     * Takes the lock, from a dead run if need be.
     *
     * @param told in one line when a dead run's lock is taken over
     * @throws RunningException when another run is at work
     */
    static RunLock take(Storage storage, Path file, Duration timeout, Clock clock, RunLog told) {
        try {
            Instant now = clock.instant();
            Holder self = new Holder(
                    UUID.randomUUID().toString(),
                    host(),
                    ProcessHandle.current().pid(),
                    now,
                    now);
            if (!create(storage, file, self)) {
                takeOver(storage, file, self, timeout, told);
            }
            return new RunLock(storage, file, clock, self, timeout);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot take the lock " + file + ": " + e.getMessage(), e);
        }
    }

    private static boolean create(Storage storage, Path file, Holder self) throws IOException {
        try {
            storage.createNew(file, RunJson.write(self));
        } catch (FileAlreadyExistsException e) {
            return false;
        }
        requireOwn(storage, file, self);
        return true;
    }

    private static void takeOver(Storage storage, Path file, Holder self, Duration timeout, RunLog told)
            throws IOException {
        Optional<Holder> other = read(storage, file);
        if (other.isPresent() && other.get().renewed().plus(timeout).isAfter(self.started())) {
            throw new RunningException(
                    "Cannot start: another run is at work, " + other.get().text()
                            + " (its lock " + file + " is taken over " + timeout.toSeconds()
                            + " s after it was last seen, retrain.lock-timeout-s)");
        }
        storage.replace(file, RunJson.write(self));
        requireOwn(storage, file, self);
        told.note("taking over from a run that has ended without a word: "
                + other.map(Holder::text).orElse("its lock cannot be read"));
    }

    private static void requireOwn(Storage storage, Path file, Holder self) throws IOException {
        pause();
        Optional<Holder> holder = read(storage, file);
        if (holder.isEmpty() || !holder.get().token().equals(self.token())) {
            throw new RunningException("Cannot start: another run has begun at the same moment, "
                    + holder.map(Holder::text).orElse("unknown"));
        }
    }

    private static void pause() {
        try {
            Thread.sleep(SETTLING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot take the lock: interrupted", e);
        }
    }

    /** Empty where there is none, or only a part of one, which a process that was killed left. */
    private static Optional<Holder> read(Storage storage, Path file) throws IOException {
        try {
            return Optional.of(RunJson.read(storage.read(file, SmallFile.NOTE_BYTES), Holder.class));
        } catch (FileNotFoundException | JsonProcessingException | InvalidInputException e) {
            LOG.debug("No holder in {}", file, e);
            return Optional.empty();
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            LOG.debug("This host has no name", e);
            return "unknown host";
        }
    }

    private synchronized void renew() {
        try {
            if (lost || !isHeld()) {
                lost = true;
                renewal.cancel();
                return;
            }
            Holder renewed =
                    new Holder(holder.token(), holder.host(), holder.process(), holder.started(), clock.instant());
            storage.replace(file, RunJson.write(renewed));
        } catch (IOException | RuntimeException e) { // whatever it is, the timer must go on
            LOG.warn("Cannot renew the lock {}; trying again: {}", file, e.getMessage());
        }
    }

    private boolean isHeld() throws IOException {
        return read(storage, file)
                .map(found -> found.token().equals(holder.token()))
                .orElse(false);
    }

    /**
     * Refuses to go on when another run has taken this one for dead.
     *
     * @throws RunningException when it has
     */
    synchronized void requireHeld() {
        try {
            lost |= !isHeld();
        } catch (IOException e) {
            LOG.warn("Cannot look at the lock {}: {}", file, e.getMessage());
        }
        if (lost) {
            throw new RunningException("Cannot go on: another run has taken this one for dead and holds " + file
                    + " (raise retrain.lock-timeout-s if this machine was suspended, or its storage silent, for long)");
        }
    }

    @Override
    public synchronized void close() {
        renewal.cancel();
        try {
            if (!lost && isHeld()) {
                lost = true; // nobody renews it any more
                storage.delete(file);
            }
        } catch (IOException e) {
            LOG.warn("Cannot delete the lock {}: {}", file, e.getMessage());
        }
    }
}
