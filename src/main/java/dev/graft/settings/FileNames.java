package dev.graft.settings;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The names of files on local disks that this JVM can say.
 *
 * <p>A JVM takes their encoding from its locale. In the POSIX locale, which is that of cron, systemd and containers, it
 * is ASCII: a file with any other name is as good as not there.
 */
public final class FileNames {
    /** What to do where a JVM cannot say a name. */
    public static final String REMEDY =
            "start it with LC_ALL=C.UTF-8, and executors with --conf spark.executorEnv.LC_ALL=C.UTF-8";

    private static final int ASCII = 0x80;

    private FileNames() {}

    /** The encoding of file names in this JVM. */
    public static String encoding() {
        return System.getProperty("sun.jnu.encoding", "unknown");
    }

    /** Whether file names are UTF-8 in a JVM with this encoding of them. */
    public static boolean isUtf8(String encoding) {
        return Charset.isSupported(encoding) && Charset.forName(encoding).equals(StandardCharsets.UTF_8);
    }

    /** Whether this JVM finds a local file of this name or path. */
    public static boolean canSay(String name) {
        return isAscii(name) || isUtf8(encoding());
    }

    /** Why a name cannot be said here, and what to do about it. */
    public static String reason() {
        return "file names are %s in this JVM, not UTF-8; %s".formatted(encoding(), REMEDY);
    }

    private static boolean isAscii(String name) {
        return name.chars().allMatch(c -> c < ASCII);
    }
}
