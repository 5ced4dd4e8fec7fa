package dev.graft.decode;

/**
 * The memory of this JVM for images that are read and decoded at the same time, whatever tasks they belong to.
 *
 * <p>Files, pixels and native decoders have an allowance each, and whoever needs of all three takes them in that order,
 * so that no two can wait for each other.
 */
public final class ImageMemory {
    /** What Spark keeps of a heap for everything but data; images leave it alone, too. */
    private static final long REST_OF_HEAP = 300L << 20;

    /** Of the collector G1: a heap has about so many regions, of a power of two, this at least. */
    private static final long REGIONS = 2048;

    private static final long SMALLEST_REGION = 1L << 20;

    /** Shares of what is left then, where that is more than the largest file and the costliest image need. */
    private static final int PIXELS_SHARE = 3;

    private static final int FILES_SHARE = 8;

    private static final MemoryAllowance PIXELS = new MemoryAllowance(0);
    private static final MemoryAllowance FILES = new MemoryAllowance(0);

    /** Nobody tells a JVM what its container leaves it outside the heap: no more than one image may take. */
    private static final MemoryAllowance OUTSIDE = new MemoryAllowance(0);

    private ImageMemory() {}

    /**
     * The smallest heap that fits one image as the settings allow it, in bytes.
     *
     * @param otherBytes what all tasks of a JVM hold beside, such as resized images that wait for the network
     */
    public static long smallestHeap(DecodeSettings settings, long otherBytes) {
        return REST_OF_HEAP + settings.maxBytes() + settings.maxImageMemory() + otherBytes;
    }

    /**
     * Lets as many images be decoded at a time as this JVM's heap has room for.
     *
     * @param otherBytes as for {@link #smallestHeap}
     */
    public static void reachFor(DecodeSettings settings, long otherBytes) {
        long left = Math.max(0, Runtime.getRuntime().maxMemory() - REST_OF_HEAP - otherBytes);
        PIXELS.reachFor(Math.max(settings.maxImageMemory(), left / PIXELS_SHARE));
        FILES.reachFor(Math.max(settings.maxBytes(), left / FILES_SHARE));
        OUTSIDE.reachFor(settings.maxImageMemory());
    }

    /**
     * What arrays of one size take of a heap, in bytes: in a collector of regions, one of half a region or more has whole
     * regions to itself.
     *
     * @param heap the largest that it may be
     */
    public static long arrayBytes(long heap, long count, long bytes) {
        long region = Math.max(SMALLEST_REGION, Long.highestOneBit(Math.max(1, heap / REGIONS)));
        long whole = (bytes + region - 1) / region * region;
        return count * (bytes >= region / 2 ? whole : bytes);
    }

    /** What a thread that decodes keeps from one image to the next, in bytes. */
    public static long keptByThread() {
        return JpegDecoder.LARGEST_KEPT_BYTES;
    }

    static MemoryAllowance pixels() {
        return PIXELS;
    }

    static MemoryAllowance outside() {
        return OUTSIDE;
    }

    static MemoryAllowance files() {
        return FILES;
    }
}
