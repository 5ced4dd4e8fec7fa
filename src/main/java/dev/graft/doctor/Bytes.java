package dev.graft.doctor;

/** Numbers of bytes as people and Spark's settings have them. */
final class Bytes {
    static final long MIB = 1L << 20;
    static final long GIB = 1L << 30;

    private static final long STEP = 128 * MIB;

    private Bytes() {}

    static String text(long bytes) {
        return mib(bytes) + " MiB";
    }

    static long mib(long bytes) {
        return (bytes + MIB - 1) / MIB;
    }

    /** A value for a setting that is at least so large, such as {@code 1152m}. */
    static String setting(long bytes) {
        return mib((bytes + STEP - 1) / STEP * STEP) + "m";
    }
}
