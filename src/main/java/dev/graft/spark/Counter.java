package dev.graft.spark;

import dev.graft.features.CountersPlugin;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What a JVM has done since it began, for those who watch it; {@link CountersPlugin} shows it to Spark's sinks. */
public final class Counter {
    /** Images whose bytes were read from storage. */
    public static final Counter IMAGES_READ = new Counter("imagesRead");
    /** Images that were decoded. */
    public static final Counter IMAGES_DECODED = new Counter("imagesDecoded");
    /** Images that could not be read or decoded. */
    public static final Counter IMAGES_REJECTED = new Counter("imagesRejected");
    /** Images that were not computed, since their features were there; counted on the driver. */
    public static final Counter IMAGES_REUSED = new Counter("imagesReused");
    /** Views of images that went through a base or a whole network. */
    public static final Counter VIEWS_FORWARDED = new Counter("viewsForwarded");
    /** Nanoseconds of forward passes, of all tasks together. */
    public static final Counter FORWARD_NANOS = new Counter("forwardNanos");
    /** Bytes of parameters and updater state that crossed the network in averaging; counted on the driver. */
    public static final Counter AVERAGING_BYTES = new Counter("averagingBytes");

    public static final List<Counter> ALL = List.of(
            IMAGES_READ,
            IMAGES_DECODED,
            IMAGES_REJECTED,
            IMAGES_REUSED,
            VIEWS_FORWARDED,
            FORWARD_NANOS,
            AVERAGING_BYTES);

    private final String metric;
    private final LongAdder value = new LongAdder();

    private Counter(String metric) {
        this.metric = metric;
    }

    /** Its name as a metric. */
    public String metric() {
        return metric;
    }

    public void add(long more) {
        value.add(more);
    }

    /** So much until now. */
    public long value() {
        return value.sum();
    }
}
