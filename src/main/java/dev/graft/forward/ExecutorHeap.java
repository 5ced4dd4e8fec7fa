package dev.graft.forward;

import dev.graft.decode.DecodeSettings;
import dev.graft.decode.ImageMemory;
import dev.graft.settings.InvalidInputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/**
 * The Java heap of each JVM that runs tasks.
 *
 * @param bytes it may grow to
 * @param tasks at a time, as far as Spark's settings tell
 * @param taskCores of each
 */
public record ExecutorHeap(long bytes, int tasks, int taskCores) {
    private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\d+|\\*)(?:,.*)?])?");
    private static final Pattern LOCAL_CLUSTER = Pattern.compile("local-cluster\\[.*,(\\d+),.*]");
    private static final int MIB_BITS = 20;

    /** The heap of the executors; of this JVM where it is the only one. */
    public static ExecutorHeap of(SparkContext spark) {
        long bytes = spark.isLocal()
                ? Runtime.getRuntime().maxMemory()
                : spark.conf().getSizeAsBytes("spark.executor.memory", "1g");
        int taskCores = spark.conf().getInt("spark.task.cpus", 1);
        return new ExecutorHeap(bytes, Math.max(1, cores(spark.master(), spark.conf()) / taskCores), taskCores);
    }

    private static int cores(String master, SparkConf conf) {
        Matcher local = LOCAL.matcher(master);
        if (local.matches()) {
            return "*".equals(local.group(1))
                    ? Runtime.getRuntime().availableProcessors()
                    : local.group(1) == null ? 1 : Integer.parseInt(local.group(1));
        }
        Matcher cluster = LOCAL_CLUSTER.matcher(master);
        return cluster.matches() ? Integer.parseInt(cluster.group(1)) : conf.getInt("spark.executor.cores", 1);
    }

    /**
     * Refuses a heap in which a large image would end the run.
     *
     * @param waiting bytes that all tasks together hold beside the images that they decode
     * @throws InvalidInputException when one image, as the settings allow it, and those that wait do not fit
     */
    void requireRoomForImages(DecodeSettings decode, long waiting) {
        long needed = ImageMemory.smallestHeap(decode, waiting);
        if (needed > bytes) {
            throw new InvalidInputException("Cannot decode images in a heap of " + mib(bytes) + " MiB: one image as the"
                    + " settings allow it, those that wait for the network in " + tasks + " tasks, and Spark take "
                    + mib(needed) + " MiB (raise spark.executor.memory, in local mode spark.driver.memory, to that, or"
                    + " lower decode.max-image-memory, which is " + mib(decode.maxImageMemory()) + " MiB)");
        }
    }

    private static long mib(long bytes) {
        return (bytes + (1L << MIB_BITS) - 1) >> MIB_BITS;
    }
}
