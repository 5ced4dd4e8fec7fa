package dev.graft.forward;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;

/**
 * Where executors have GPUs: a stage with a network takes a GPU for each of its tasks, and an equal part of the executor's
 * cores to decode ahead on; every other stage takes a core for each task and no GPU (stage-level scheduling).
 *
 * <p>Where {@code spark.task.resource.gpu.amount} is given, every task of every stage takes that, as Spark does by itself.
 */
public final class GpuSlots {
    private static final String ON_EXECUTORS = "spark.executor.resource.gpu.amount";
    private static final String FOR_TASKS = "spark.task.resource.gpu.amount";
    private static final String CORES = "spark.executor.cores";

    /** Always the same one: Spark refuses a stage with two, however equal. */
    private static final Map<Integer, ResourceProfile> PROFILES = new ConcurrentHashMap<>();

    private GpuSlots() {}

    /** The same stage, on slots with a GPU where executors have any. */
    public static <T> JavaRDD<T> on(JavaRDD<T> stage) {
        return profile(stage.context()).map(stage::withResources).orElse(stage);
    }

    /** Whether stages with a network take slots of their own. */
    static boolean areOf(SparkContext spark) {
        return cores(spark.getConf()) > 0;
    }

    private static Optional<ResourceProfile> profile(SparkContext spark) {
        int cores = cores(spark.getConf());
        return cores == 0 ? Optional.empty() : Optional.of(PROFILES.computeIfAbsent(cores, GpuSlots::withCores));
    }

    private static ResourceProfile withCores(int cores) {
        return new ResourceProfileBuilder()
                .require(new TaskResourceRequests().cpus(cores).resource(TaskDevice.GPU, 1))
                .build();
    }

    /** The cores of a task that has a GPU; 0 where executors have none, or every task has one anyway. */
    static int cores(SparkConf conf) {
        int gpus = conf.getInt(ON_EXECUTORS, 0);
        if (gpus == 0 || conf.getDouble(FOR_TASKS, 0) > 0) {
            return 0;
        }
        return Math.max(1, conf.getInt(CORES, 1) / gpus);
    }
}
