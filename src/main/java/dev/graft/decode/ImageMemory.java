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

    /** Shares of what is left of the heap, where that is more than the largest file and the costliest image need. */
    private static final int PIXELS_SHARE = 2;

    private static final int FILES_SHARE = 8;

    private static final MemoryAllowance PIXELS = new MemoryAllowance(share(PIXELS_SHARE));
    private static final MemoryAllowance FILES = new MemoryAllowance(share(FILES_SHARE));

    /** Nobody tells a JVM what its container leaves it outside the heap: no more than one image may take. */
    private static final MemoryAllowance OUTSIDE = new MemoryAllowance(0);

    private ImageMemory() {}

    /**
     * The smallest heap that fits one image as the settings allow it, in bytes.
     *
     * @param batchBytes what resized images take that wait for the network, of all tasks of a JVM together
     */
    public static long smallestHeap(DecodeSettings settings, long batchBytes) {
        return REST_OF_HEAP + settings.maxBytes() + settings.maxImageMemory() + batchBytes;
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

    private static long share(int divisor) {
        return Math.max(0, Runtime.getRuntime().maxMemory() - REST_OF_HEAP) / divisor;
    }
}
