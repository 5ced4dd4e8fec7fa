package dev.graft.doctor;

import dev.graft.base.BaseSettings;
import dev.graft.base.Layout;
import dev.graft.base.Summary;
import dev.graft.base.TrainableRules;
import dev.graft.decode.DecodeSettings;
import dev.graft.features.ExtractSettings;
import java.util.List;

/**
 * An estimate of the native memory that a run takes, in bytes.
 *
 * @param base its name
 * @param batch of a forward pass, for people
 * @param weights of the base, as they come and as they are compiled
 * @param forwardPass of one task
 * @param largestFile of an image, as it comes
 * @param largestImage what native decoders take at most, all tasks together
 */
public record NativeDemand(
        String base, String batch, long weights, long forwardPass, long largestFile, long largestImage) {
    /** Spark's own minimum for what a JVM takes beside its heap. */
    private static final long JVM = 384L << 20;

    /** As they come, with batch norm folded in, and packed for the kernels. */
    private static final int COPIES_OF_WEIGHTS = 3;

    /** What a residual block reads, adds and writes; a fair bound of what a forward pass was seen to take. */
    private static final int LAYERS_IN_MEMORY = 3;

    public static NativeDemand of(BaseSettings base, DecodeSettings decode, ExtractSettings extract) {
        Layout layout = base.layout();
        Summary summary = Summary.of(layout, 1, TrainableRules.allFrozen());
        long largestLayer = summary.rows().stream()
                .mapToLong(row -> values(row.shape()))
                .max()
                .orElse(0);
        return new NativeDemand(
                layout.architecture().id(),
                extract.batch() + " images of " + layout.inputSize() + " pixels",
                COPIES_OF_WEIGHTS * summary.total() * Float.BYTES,
                LAYERS_IN_MEMORY * largestLayer * extract.batch() * Float.BYTES,
                decode.maxBytes(),
                decode.maxImageMemory());
    }

    private static long values(List<Long> shape) {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /** What a JVM takes that runs so many tasks at a time, beside its heap. */
    long of(int tasks) {
        return JVM + weights + tasks * forwardPass + (tasks > 0 ? largestFile + largestImage : 0);
    }

    /** The parts of {@link #of}. */
    String parts(int tasks) {
        String parts = Bytes.text(JVM) + " for Java and Spark, " + Bytes.text(weights) + " for the weights of " + base;
        return tasks == 0
                ? parts
                : parts + ", " + tasks + " x " + Bytes.text(forwardPass) + " for forward passes of " + batch + ", "
                        + Bytes.text(largestFile + largestImage)
                        + " for an image of decode.max-image-memory and its file";
    }
}
