package dev.graft.storage;

import dev.graft.settings.SmallFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/** The file system a model is on, with the one operation file systems do differently: replacing a file atomically. */
public final class Storage {
    private static final Duration SETTLING_OF_UPLOADS = Duration.ofSeconds(2);

    private final FileSystem fileSystem;
    private final Configuration hadoop;

    private Storage(FileSystem fileSystem, Configuration hadoop) {
        this.fileSystem = fileSystem;
        this.hadoop = hadoop;
    }

    /**
     * Leaves out the {@code .crc} files Hadoop writes beside local ones: a file and its checksum cannot be replaced
     * together, and a bundle has digests of its own.
     */
    public static Storage of(Path path, Configuration hadoop) throws IOException {
        FileSystem fileSystem = path.getFileSystem(hadoop);
        return new Storage(
                fileSystem instanceof ChecksumFileSystem checksummed ? checksummed.getRawFileSystem() : fileSystem,
                hadoop);
    }

    public Path qualify(Path path) {
        return fileSystem.makeQualified(path);
    }

    public boolean exists(Path path) throws IOException {
        return fileSystem.exists(path);
    }

    public InputStream open(Path path) throws IOException {
        return fileSystem.open(path);
    }

    /**
     * Reads a small file.
     *
     * @param most bytes that it may have, of {@link SmallFile}
     * @throws dev.graft.settings.InvalidInputException if it has more
     */
    public byte[] read(Path path, int most) throws IOException {
        return SmallFile.read(fileSystem, path, most);
    }

    /** Writes a file that must not exist yet, and returns its digest. */
    public FileDigest create(Path path, NetworkWriter content) throws IOException {
        return write(path, content, false);
    }

    /**
     * Replaces a file; a reader sees the old content or the new one. A rename is atomic on a POSIX file system and on
     * HDFS, and an upload on an object store, where a rename would be a copy.
     */
    public void replace(Path path, byte[] content) throws IOException {
        switch (fileSystem.getUri().getScheme()) {
            case "file" -> Files.move(local(writeBeside(path, content)), local(path), StandardCopyOption.ATOMIC_MOVE);
            case "hdfs", "viewfs" ->
                FileContext.getFileContext(fileSystem.getUri(), hadoop)
                        .rename(writeBeside(path, content), path, Options.Rename.OVERWRITE);
            default -> write(path, out -> out.write(content), true);
        }
    }

    /** Deletes a file, or a directory with all that is in it. */
    public void delete(Path path) throws IOException {
        fileSystem.delete(path, true);
    }

    /** What is in a directory, in the order of the names; nothing where it is not there. */
    public List<Path> list(Path directory) throws IOException {
        try {
            return Arrays.stream(fileSystem.listStatus(directory))
                    .map(FileStatus::getPath)
                    .sorted()
                    .toList();
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }

    /**
     * Writes a small file that must not exist yet; a reader sees all of it or nothing.
     *
     * @throws FileAlreadyExistsException when it does; on an object store two that write at the same moment may both
     *     succeed, and the later one stays, as can be seen after {@link #settling}
     */
    public void createNew(Path path, byte[] content) throws IOException {
        switch (fileSystem.getUri().getScheme()) {
            case "file" -> linkNew(path, content);
            case "hdfs", "viewfs" -> renameNew(path, content);
            default -> create(path, out -> out.write(content));
        }
    }

    /** How long it may take until it shows which of two new files stays that were written at the same moment. */
    public Duration settling() {
        return switch (fileSystem.getUri().getScheme()) {
            case "file", "hdfs", "viewfs" -> Duration.ZERO;
            default -> SETTLING_OF_UPLOADS;
        };
    }

    /** A rename would replace what is there; a second name for a file is never given twice. */
    private void linkNew(Path path, byte[] content) throws IOException {
        Path temporary = writeBeside(path, content);
        try {
            Files.createLink(local(path), local(temporary));
        } catch (java.nio.file.FileAlreadyExistsException e) {
            throw new FileAlreadyExistsException(path + " exists already");
        } catch (UnsupportedOperationException | FileSystemException e) { // such as FAT, which has no second names
            create(path, out -> out.write(content));
        } finally {
            delete(temporary);
        }
    }

    private void renameNew(Path path, byte[] content) throws IOException {
        Path temporary = writeBeside(path, content);
        try {
            FileContext.getFileContext(fileSystem.getUri(), hadoop).rename(temporary, path, Options.Rename.NONE);
        } catch (FileNotFoundException e) { // taken for what a killed run left, by the one whose file is there now
            if (exists(path)) {
                throw new FileAlreadyExistsException(path + " exists already");
            }
            throw e;
        } finally {
            delete(temporary);
        }
    }

    /** Deletes what {@link #replace} and {@link #createNew} of a file left that were killed. */
    public void deleteUnfinished(Path path) throws IOException {
        for (Path other : list(path.getParent())) {
            if (other.getName().startsWith(unfinishedPrefix(path))) {
                delete(other);
            }
        }
    }

    private static String unfinishedPrefix(Path path) {
        return "." + path.getName() + ".";
    }

    private Path writeBeside(Path path, byte[] content) throws IOException {
        Path temporary = new Path(path.getParent(), unfinishedPrefix(path) + UUID.randomUUID());
        try {
            create(temporary, out -> out.write(content));
            return temporary;
        } catch (IOException e) {
            delete(temporary);
            throw e;
        }
    }

    private java.nio.file.Path local(Path path) {
        return java.nio.file.Path.of(qualify(path).toUri().getPath());
    }

    private FileDigest write(Path path, NetworkWriter content, boolean overwrite) throws IOException {
        try (FSDataOutputStream out = fileSystem.create(path, overwrite)) {
            DigestingStream digest = new DigestingStream(out);
            content.writeTo(digest);
            digest.flush();
            if (out.hasCapability(StreamCapabilities.HSYNC)) {
                out.hsync();
            }
            return digest.digest();
        } catch (FSError e) {
            throw new LocalDiskException(path, e);
        }
    }
}
