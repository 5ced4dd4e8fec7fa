package dev.graft.pipeline;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run that holds a lock, as the lock's file has it.
 *
 * @param token tells it from every other
 * @param boot id of the boot of its machine; empty where there is none, and in locks of Graft before there was this field
 * @param pidNamespace where its process has its id, likewise
 * @param process its id there
 * @param processStarted ticks from the boot to the start of the process, likewise; 0 where unknown
 * @param renewed when it last gave a sign of life
 */
record LockHolder(
        String token,
        String host,
        String boot,
        String pidNamespace,
        long process,
        long processStarted,
        Instant started,
        Instant renewed) {
    private static final Logger LOG = LoggerFactory.getLogger(LockHolder.class);
    private static final Path PROC = Path.of("/proc");
    /** Of proc(5)'s fields of a process, those after its name: state is the 3rd of all, starttime the 22nd. */
    private static final int STATE = 0;

    private static final int START_TIME = 22 - 3;

    LockHolder {
        Objects.requireNonNull(token);
        Objects.requireNonNull(host);
        Objects.requireNonNull(started);
        Objects.requireNonNull(renewed);
        boot = Objects.requireNonNullElse(boot, "");
        pidNamespace = Objects.requireNonNullElse(pidNamespace, "");
    }

    /** This process, which takes a lock now. */
    static LockHolder self(Instant now) {
        long process = ProcessHandle.current().pid();
        return new LockHolder(
                UUID.randomUUID().toString(),
                thisHost(),
                thisBoot(),
                thisPidNamespace(),
                process,
                startOf(process),
                now,
                now);
    }

    LockHolder renewedAt(Instant now) {
        return new LockHolder(token, host, boot, pidNamespace, process, processStarted, started, now);
    }

    /** Whether it ran on this machine, since it was last started, and its process is there no more. */
    boolean isGone() {
        return host.equals(thisHost())
                && !boot.isEmpty()
                && boot.equals(thisBoot())
                && !pidNamespace.isEmpty()
                && pidNamespace.equals(thisPidNamespace())
                && processStarted != 0
                && seesOthers()
                && processStarted != startOf(process);
    }

    /** Whether a process of another user would be seen: /proc may be mounted so that they are hidden. */
    private static boolean seesOthers() {
        return Files.isReadable(PROC.resolve("1/stat"));
    }

    String text() {
        return "process " + process + " on " + host + ", begun at " + started.truncatedTo(ChronoUnit.SECONDS)
                + ", last seen at " + renewed.truncatedTo(ChronoUnit.SECONDS);
    }

    private static String thisHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            LOG.debug("This host has no name", e);
            return "unknown host";
        }
    }

    private static String thisBoot() {
        try {
            return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            LOG.debug("This machine does not tell its boots apart", e);
            return "";
        }
    }

    private static String thisPidNamespace() {
        try {
            return Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString();
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("This machine has no namespaces of processes", e);
            return "";
        }
    }

    /** 0 where no such process lives; one that is dead stays in the table until its parent has asked for it. */
    static long startOf(long process) {
        try {
            String stat = Files.readString(PROC.resolve(process + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
            boolean isDead = fields[STATE].equals("Z") || fields[STATE].equals("X");
            return isDead ? 0 : Long.parseLong(fields[START_TIME]);
        } catch (IOException e) {
            LOG.debug("No process {}", process, e);
            return 0;
        }
    }
}
