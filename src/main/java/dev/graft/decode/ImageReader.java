package dev.graft.decode;

import dev.graft.settings.UriCredentials;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceConfigurationError;
import org.apache.hadoop.conf.Configuration;
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
    private static final int FIRST_BYTES = 1 << 20;

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
            } catch (InterruptedIOException | ClosedByInterruptException e) {
                if (Thread.currentThread().isInterrupted() || attempt == settings.readAttempts()) {
                    return afterAttempts(attempt, e);
                }
                pause(attempt, uri);
            } catch (IOException | FSError e) {
                if (attempt == settings.readAttempts()) {
                    return afterAttempts(attempt, e);
                }
                pause(attempt, uri);
            } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
                // A uri that is none, a connector that is not there or not whole: trying again changes nothing.
                return new Rejected(RejectReason.UNREADABLE, describe(e));
            }
        }
    }

    private static Rejected afterAttempts(int attempts, Throwable last) {
        return new Rejected(RejectReason.UNREADABLE, "after " + attempts + " attempts: " + describe(last));
    }

    private ReadImage readOnce(String uri, int attempt) throws IOException {
        if (UriCredentials.isIn(uri)) {
            return new Rejected(
                    RejectReason.UNREADABLE, "a uri with user information (give Hadoop's settings the credentials)");
        }
        Path path = new Path(uri);
        FileSystem storage = path.getFileSystem(hadoop);
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

    /** Opening a pipe waits for somebody who writes to it, and a device may never end. */
    private static boolean isSpecial(FileSystem storage, Path path) throws IOException {
        if (!storage.getUri().getScheme().equals("file")) {
            return false;
        }
        java.nio.file.Path file = java.nio.file.Path.of(path.toUri().getPath());
        return Files.exists(file) && !Files.isRegularFile(file);
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

    private static byte[] wholeOf(FSDataInputStream stream, int length) throws IOException {
        byte[] bytes = new byte[length];
        if (read(stream, bytes) < length) {
            throw new EOFException("the file ends before its length, " + length + " bytes");
        }
        return bytes;
    }

    /** Of a storage that tells no sizes, such as {@code http:}: one byte more than may be. */
    private byte[] atMost(InputStream stream) throws IOException {
        byte[] bytes = new byte[FIRST_BYTES];
        int length = read(stream, bytes);
        while (length == bytes.length && length <= settings.maxBytes()) {
            int longer = (int) Math.min(settings.maxBytes() + 1, 2L * length);
            byte[] more = new byte[longer - length];
            int further = read(stream, more);
            bytes = Arrays.copyOf(bytes, length + further);
            System.arraycopy(more, 0, bytes, length, further);
            length += further;
            if (further < more.length) {
                break;
            }
        }
        return Arrays.copyOf(bytes, length);
    }

    /**
     * Reads until the array is full, or the stream at its end; gives the number of bytes.
     *
     * @throws InterruptedIOException when the thread is interrupted, however slowly the bytes come
     */
    private static int read(InputStream stream, byte[] bytes) throws IOException {
        int length = 0;
        while (length < bytes.length) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("given up while it was read");
            }
            int some = stream.read(bytes, length, Math.min(READ_BYTES, bytes.length - length));
            if (some < 0) {
                break;
            }
            length += some;
        }
        return length;
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
