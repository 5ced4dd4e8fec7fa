package dev.graft.decode;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;

/**
 * Reads the bytes of images from whatever storage Hadoop knows. A read that fails is tried again, each time after twice
 * as long; what trying again cannot mend is not. Not serializable: created where it is used.
 */
public final class ImageReader {
    private static final int MOST_DOUBLINGS = 8;

    private final DecodeSettings settings;
    private final Configuration hadoop;

    public ImageReader(DecodeSettings settings, Configuration hadoop) {
        this.settings = settings;
        this.hadoop = hadoop;
    }

    /**
     * Gives the bytes, or why there are none.
     *
     * @throws IllegalStateException when the thread is interrupted while it waits to try again
     */
    public ReadImage read(String uri) {
        for (int attempt = 1; ; attempt++) {
            try {
                return readOnce(new Path(uri), attempt);
            } catch (FileNotFoundException e) {
                return new Rejected(RejectReason.NOT_FOUND, describe(e));
            } catch (AccessControlException | UnsupportedFileSystemException | IllegalArgumentException e) {
                return new Rejected(RejectReason.UNREADABLE, describe(e));
            } catch (IOException e) {
                if (attempt == settings.readAttempts()) {
                    return new Rejected(RejectReason.UNREADABLE, "after " + attempt + " attempts: " + describe(e));
                }
                pause(attempt, uri);
            }
        }
    }

    private ReadImage readOnce(Path path, int attempt) throws IOException {
        FileSystem storage = path.getFileSystem(hadoop);
        FileStatus status = storage.getFileStatus(path);
        if (status.isDirectory()) {
            return new Rejected(RejectReason.UNREADABLE, "a directory");
        }
        if (status.getLen() > settings.maxBytes()) {
            return new Rejected(
                    RejectReason.TOO_LARGE,
                    status.getLen() + " bytes (decode.max-bytes = " + settings.maxBytes() + ")");
        }
        byte[] bytes = new byte[(int) status.getLen()];
        try (FSDataInputStream stream = storage.open(path)) {
            stream.readFully(bytes);
        }
        return new ImageBytes(bytes, status.getModificationTime(), attempt);
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

    private static String describe(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
