package dev.graft.averaging;

import dev.graft.storage.LocalDiskException;
import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The checkpoints of one training, in a directory of their own at any URI: one after every epoch, of which the latest
 * few are kept.
 */
public final class Checkpoints {
    private static final int KEPT = 2;
    private static final Duration ABANDONED_AFTER = Duration.ofDays(14);
    private static final String SUFFIX = ".checkpoint";

    private final Path directory;
    private final FileSystem files;
    private final Consumer<String> notes;

    private Checkpoints(Path directory, FileSystem files, Consumer<String> notes) {
        this.directory = directory;
        this.files = files;
        this.notes = notes;
    }

    /**
     * Opens the checkpoints of a training.
     *
     * @param directory URI of a directory that has the checkpoints of this training alone, or is not there yet
     * @param notes told which of them are taken, skipped, and deleted before their training has ended
     */
    public static Checkpoints in(String directory, Configuration hadoop, Consumer<String> notes) {
        try {
            Path path = new Path(directory);
            return new Checkpoints(path, path.getFileSystem(hadoop), notes);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open the directory of checkpoints " + directory, e);
        }
    }

    /** The latest that is whole; others are skipped with a warning. */
    Optional<Checkpoint> latest() {
        for (Path file : newestFirst()) {
            try (InputStream in = files.open(file)) {
                Checkpoint checkpoint =
                        Checkpoint.read(in, files.getFileStatus(file).getLen());
                notes.accept("training goes on from " + file);
                return Optional.of(checkpoint);
            } catch (IOException e) {
                notes.accept("Warning: checkpoint " + file + " is skipped: " + e.getMessage());
            }
        }
        return Optional.empty();
    }

    /** Writes a checkpoint beside its place and renames it, then removes those that are too old. */
    void write(Checkpoint checkpoint) {
        String name =
                String.format(Locale.ROOT, "epoch-%06d", checkpoint.epochs().size());
        Path unfinished = new Path(directory, name + "." + UUID.randomUUID() + ".unfinished");
        Path file = new Path(directory, name + SUFFIX);
        try {
            try (OutputStream out = new BufferedOutputStream(files.create(unfinished, true))) {
                checkpoint.write(out);
            } catch (FSError e) {
                throw new LocalDiskException(file, e);
            }
            files.delete(file, false);
            if (!files.rename(unfinished, file)) {
                throw new IOException("cannot rename " + unfinished + " to it");
            }
            List<Path> all = newestFirst();
            for (Path old : all.subList(Math.min(KEPT, all.size()), all.size())) {
                files.delete(old, false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write checkpoint " + file + ": " + e.getMessage(), e);
        }
    }

    private List<Path> newestFirst() {
        List<Path> found = new ArrayList<>();
        try {
            for (FileStatus file : files.listStatus(directory)) {
                if (file.getPath().getName().endsWith(SUFFIX)) {
                    found.add(file.getPath());
                }
            }
        } catch (FileNotFoundException e) {
            return found; // nothing was written yet
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list checkpoints in " + directory, e);
        }
        found.sort(Comparator.comparing(Path::getName).reversed());
        return found;
    }

    /**
     * Removes all of them: the training has ended well, and what it gave is published. What other trainings left beside
     * them and nobody has gone on with for two weeks goes too. Where that fails there is a warning: the training is done
     * all the same, and the next one tries again.
     */
    public void clear() {
        try {
            files.delete(directory, true);
            long oldest = System.currentTimeMillis() - ABANDONED_AFTER.toMillis();
            for (FileStatus other : files.listStatus(directory.getParent())) {
                if (other.isDirectory() && newest(other) < oldest && files.delete(other.getPath(), true)) {
                    notes.accept("Note: the checkpoints in " + other.getPath()
                            + " are deleted: nobody has gone on with their training for two weeks");
                }
            }
        } catch (FileNotFoundException e) {
            // nothing is left beside them
        } catch (IOException e) {
            notes.accept("Warning: the checkpoints in " + directory + " cannot be deleted: " + e.getMessage());
        }
    }

    private long newest(FileStatus training) throws IOException {
        long newest = training.getModificationTime();
        for (FileStatus file : files.listStatus(training.getPath())) {
            newest = Math.max(newest, file.getModificationTime());
        }
        return newest;
    }
}
