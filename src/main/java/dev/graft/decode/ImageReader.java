package dev.graft.decode;

import dev.graft.settings.FileNames;
import dev.graft.settings.UriCredentials;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.ServiceConfigurationError;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;

/**
 * Reads the bytes of images from whatever storage Hadoop knows. A read that fails is tried again, each time after twice
 * as long; what trying again cannot mend is not. Whatever a storage throws for an image is the reason why that image is
 * rejected. Not serializable: created where it is used, one for each thread.
 */
public final class ImageReader {
    private static final int MOST_DOUBLINGS = 8;
    private static final int READ_BYTES = 1 << 16;

    private final DecodeSettings settings;
    private final Configuration hadoop;
    private final Deadline deadline;
    private volatile MemoryAllowance.Share memory = MemoryAllowance.NOTHING;

    public ImageReader(DecodeSettings settings, Configuration hadoop) {
        this.settings = settings;
        this.hadoop = hadoop;
        this.deadline = new Deadline(settings.readTimeout());
        boundHttp(settings.readTimeout());
    }

    /** Java's own connections, which Hadoop reads {@code http:} with, wait for ever unless they are told otherwise. */
    private static void boundHttp(Duration timeout) {
        for (String property : List.of("sun.net.client.defaultConnectTimeout", "sun.net.client.defaultReadTimeout")) {
            if (System.getProperty(property) == null) {
                System.setProperty(property, Long.toString(timeout.toMillis()));
            }
        }
    }

    /**
     * Gives the bytes, or why there are none.
     *
     * @throws IllegalStateException when the thread is interrupted
     */
    public ReadImage read(String uri) {
        deadline.begin();
        try {
            return readAgainAndAgain(uri);
        } finally {
            deadline.end();
        }
    }

    /** Whether the read under way takes longer than it may; asked by another thread. */
    public boolean isLate() {
        return deadline.isPast();
    }

    /** Gives back the memory of a read that nobody waits for any more, which may never end. */
    public void giveUp() {
        memory.close();
    }

    private ReadImage readAgainAndAgain(String uri) {
        for (int attempt = 1; ; attempt++) {
            try {
                return readOnce(uri, attempt);
            } catch (FileNotFoundException e) {
                return new Rejected(RejectReason.NOT_FOUND, describe(e));
            } catch (AccessControlException | UnsupportedFileSystemException e) {
                return new Rejected(RejectReason.UNREADABLE, describe(e));
            } catch (IOException | FSError e) {
                if (Thread.currentThread().isInterrupted() || attempt == settings.readAttempts()) {
                    return new Rejected(RejectReason.UNREADABLE, "after " + attempt + " attempts: " + describe(e));
                }
                pause(attempt, uri);
            } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
                // A uri that is none, a connector that is not there or not whole: trying again changes nothing.
                return new Rejected(RejectReason.UNREADABLE, describe(e));
            }
        }
    }

    private ReadImage readOnce(String uri, int attempt) throws IOException {
        if (UriCredentials.isIn(uri)) {
            return new Rejected(
                    RejectReason.UNREADABLE, "a uri with user information (give Hadoop's settings the credentials)");
        }
        Path path = new Path(uri);
        FileSystem storage = withoutChecksums(path.getFileSystem(hadoop));
        if (isLocal(storage) && !FileNames.canSay(path.toUri().getPath())) {
            return new Rejected(RejectReason.UNREADABLE, "the name is not ASCII, and " + FileNames.reason());
        }
        FileStatus status = storage.getFileStatus(path);
        if (status.isDirectory()) {
            return new Rejected(RejectReason.UNREADABLE, "a directory");
        }
        if (isSpecial(storage, path)) {
            return new Rejected(RejectReason.UNREADABLE, "not a regular file (a pipe, a socket or a device)");
        }
        if (status.getLen() > settings.maxBytes()) {
            return tooLarge(status.getLen() + " bytes");
        }
        return readFile(storage, path, status, attempt);
    }

    /** A checksum beside a file is that of the file as it was; whoever edits the image does not know of it. */
    private static FileSystem withoutChecksums(FileSystem storage) {
        return storage instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : storage;
    }

    /** Opening a pipe waits for somebody who writes to it, and a device may never end. */
    private static boolean isSpecial(FileSystem storage, Path path) throws IOException {
        if (!isLocal(storage)) {
            return false;
        }
        java.nio.file.Path file = java.nio.file.Path.of(path.toUri().getPath());
        return Files.exists(file) && !Files.isRegularFile(file);
    }

    private static boolean isLocal(FileSystem storage) {
        return storage.getUri().getScheme().equals("file");
    }

    private ReadImage readFile(FileSystem storage, Path path, FileStatus status, int attempt) throws IOException {
        boolean isLengthKnown = status.getLen() >= 0;
        MemoryAllowance.Share share = takeMemory(isLengthKnown ? status.getLen() : settings.maxBytes());
        boolean isHandedOver = false;
        try (FSDataInputStream stream = storage.open(path)) {
            byte[] bytes = isLengthKnown ? wholeOf(stream, (int) status.getLen()) : atMost(stream);
            if (bytes.length > settings.maxBytes()) {
                return tooLarge("more than " + settings.maxBytes() + " bytes");
            }
            isHandedOver = true;
            return new ImageBytes(bytes, status.getModificationTime(), attempt, share);
        } finally {
            if (!isHandedOver) {
                share.close();
            }
        }
    }

    private MemoryAllowance.Share takeMemory(long bytes) {
        deadline.pause();
        try {
            MemoryAllowance.Share share = ImageMemory.files().take(bytes);
            memory = share;
            return share;
        } finally {
            deadline.resume();
        }
    }

    private static byte[] wholeOf(InputStream stream, int length) throws IOException {
        byte[] bytes = new byte[length];
        int at = 0;
        while (at < length) {
            int some = read(stream, bytes, at);
            if (some < 0) {
                throw new EOFException("the file ends after " + at + " of " + length + " bytes");
            }
            at += some;
        }
        return bytes;
    }

    /** Of a storage that tells no sizes, such as {@code http:}: no more than shows that it is too much. */
    private byte[] atMost(InputStream stream) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] some = new byte[READ_BYTES];
        int length = 0;
        while (length >= 0 && bytes.size() <= settings.maxBytes()) {
            bytes.write(some, 0, length);
            length = read(stream, some, 0);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads some bytes, and gives their number, below 0 at the end.
     *
     * @throws InterruptedIOException when the thread is interrupted, however slowly the bytes come
     */
    private static int read(InputStream stream, byte[] bytes, int at) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("given up while it was read");
        }
        return stream.read(bytes, at, Math.min(READ_BYTES, bytes.length - at));
    }

    private Rejected tooLarge(String size) {
        return new Rejected(RejectReason.TOO_LARGE, size + " (decode.max-bytes = " + settings.maxBytes() + ")");
    }

    private void pause(int attempt, String uri) {
        long millis = (long) settings.readBackoffMillis() << Math.min(attempt - 1, MOST_DOUBLINGS);
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot read " + uri + ": interrupted", e);
        }
    }

    private static String describe(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
