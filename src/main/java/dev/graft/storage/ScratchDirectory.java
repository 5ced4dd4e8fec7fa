package dev.graft.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory for temporary files on the local disk, which is removed when it is closed, or by the next process that
 * makes one, if this one is killed. A file in it is locked as long as its process lives: unlike a process id that is
 * true across containers, and nobody has it again.
 */
public final class ScratchDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScratchDirectory.class);
    private static final String PREFIX = "graft-scratch-";
    private static final String LOCK = "lock";

    /** One that is younger may have yet to be locked. */
    private static final Duration SETTLING = Duration.ofMinutes(1);

    /** Those of this process: to look at a lock of one's own is to lose it. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private ScratchDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Makes one where the system has temporary files, and removes those that were left there. */
    public static ScratchDirectory make() throws IOException {
        return in(Path.of(System.getProperty("java.io.tmpdir")));
    }

    static ScratchDirectory in(Path parent) throws IOException {
        removeAbandoned(parent);
        Path path = Files.createTempDirectory(parent, PREFIX);
        OWN.add(path);
        FileChannel channel =
                FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        channel.lock();
        return new ScratchDirectory(path, channel);
    }

    private static void removeAbandoned(Path parent) {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path each : all) {
                if (!OWN.contains(each) && isAbandoned(each)) {
                    removeAbandonedOne(each);
                }
            }
        } catch (IOException e) {
            LOG.warn("Cannot remove old temporary files in {}: {}", parent, e.getMessage());
        }
    }

    private static void removeAbandonedOne(Path directory) {
        LOG.info("Removing {}, which a process that has ended left behind", directory);
        try {
            remove(directory);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("Cannot remove old temporary files in {}: {}", directory, e.getMessage());
        }
    }

    /** Only what is this user's own: of another's nobody here knows whether it is locked. */
    private static boolean isAbandoned(Path directory) {
        try {
            if (!Files.getOwner(directory).getName().equals(System.getProperty("user.name"))) {
                return false;
            }
            Instant youngest = Instant.now().minus(SETTLING);
            if (Files.getLastModifiedTime(directory).toInstant().isAfter(youngest)) {
                return false;
            }
            Path file = directory.resolve(LOCK);
            return Files.notExists(file) || isFree(file);
        } catch (IOException e) {
            LOG.debug("{} is another user's, or gone", directory, e);
            return false;
        }
    }

    private static boolean isFree(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock taken = channel.tryLock()) {
            return taken != null;
        }
    }

    private static void remove(Path directory) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(directory)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }

    /** Where a file of a name may be written. */
    public Path file(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() {
        try {
            lock.close();
            remove(path);
            OWN.remove(path);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete the temporary files in " + path, e);
        }
    }
}
