package dev.graft.doctor;

import java.util.Locale;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;

/** What kind of trouble a storage gives. */
enum Trouble {
    NONE,
    /** What one JVM writes another does not see. */
    NOT_SHARED,
    /** There is no code for the scheme of the URI. */
    NO_FILE_SYSTEM,
    /** Permission or credentials are missing. */
    REFUSED,
    OTHER;

    static Trouble of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnsupportedFileSystemException
                    || cause instanceof ClassNotFoundException
                    || cause instanceof NoClassDefFoundError) {
                return NO_FILE_SYSTEM;
            }
            if (cause instanceof AccessControlException
                    || cause instanceof java.nio.file.AccessDeniedException
                    || String.valueOf(cause.getMessage())
                            .toLowerCase(Locale.ROOT)
                            .contains("permission denied")) {
                return REFUSED;
            }
        }
        return OTHER;
    }
}
