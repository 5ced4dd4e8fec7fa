package dev.graft.decode;

import dev.graft.settings.Section;
import dev.graft.settings.Settings;
import java.io.Serializable;
import java.time.Duration;

/**
 * How images are read and decoded, and what is refused.
 *
 * @param resize how decoded images become the size that the base takes
 * @param maxBytes the largest file that is read
 * @param maxPixels the largest image that is decoded
 * @param maxImageMemory what decoding one image may take beside its file, in bytes
 * @param timeout how long decoding one image may take
 * @param readTimeout how long reading one image may take, all attempts together
 * @param maxRejectedShare the share of rejected images past which a run fails
 * @param readAttempts how often a read is tried before the image is rejected
 * @param readBackoffMillis how long to wait after the first failed read; twice as long after each further one
 * @param threads of each task that read and decode ahead of the network; 0 for one on each core of the task
 */
public record DecodeSettings(
        ResizeMethod resize,
        long maxBytes,
        long maxPixels,
        long maxImageMemory,
        Duration timeout,
        Duration readTimeout,
        double maxRejectedShare,
        int readAttempts,
        int readBackoffMillis,
        int threads)
        implements Serializable {
    /** An array of three bytes a pixel can be no larger. */
    private static final long MOST_PIXELS = Integer.MAX_VALUE / RgbImage.CHANNELS;

    /** Nor an array of the bytes of a file. */
    private static final long MOST_BYTES = Integer.MAX_VALUE - 8L;

    /** Enough for the largest image in the costliest format. */
    private static final long MOST_IMAGE_MEMORY = 64L << 30;

    /** Less is meant in other units than bytes. */
    private static final long LEAST_IMAGE_MEMORY = 1L << 20;

    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);
    private static final int MOST_ATTEMPTS = 100;
    private static final int LONGEST_BACKOFF_MILLIS = 60_000;
    private static final int MOST_THREADS = 1024;

    public static DecodeSettings from(Settings settings) {
        Section decode = settings.section("decode");
        return new DecodeSettings(
                decode.choice("resize", ResizeMethod.class),
                decode.bytes("max-bytes", 1, MOST_BYTES),
                decode.wholeNumber("max-pixels", 1, MOST_PIXELS),
                decode.bytes("max-image-memory", LEAST_IMAGE_MEMORY, MOST_IMAGE_MEMORY),
                decode.duration("timeout", SHORTEST_TIMEOUT, LONGEST_TIMEOUT),
                decode.duration("read-timeout", SHORTEST_TIMEOUT, LONGEST_TIMEOUT),
                decode.number("max-rejected-share", 0, 1),
                decode.count("read-attempts", 1, MOST_ATTEMPTS),
                decode.count("read-backoff-ms", 0, LONGEST_BACKOFF_MILLIS),
                decode.count("threads", 0, MOST_THREADS));
    }

    /** The threads that read and decode ahead in a task of so many cores. */
    public int threads(int taskCores) {
        return threads > 0 ? threads : taskCores;
    }

    /** The same, with another limit of pixels. */
    public DecodeSettings withMaxPixels(long other) {
        return with(resize, other);
    }

    /** The same, with another way to resize. */
    public DecodeSettings withResize(ResizeMethod other) {
        return with(other, maxPixels);
    }

    private DecodeSettings with(ResizeMethod otherResize, long otherMaxPixels) {
        return new DecodeSettings(
                otherResize,
                maxBytes,
                otherMaxPixels,
                maxImageMemory,
                timeout,
                readTimeout,
                maxRejectedShare,
                readAttempts,
                readBackoffMillis,
                threads);
    }
}
