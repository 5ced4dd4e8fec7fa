package dev.graft.bench;

import java.util.List;

/** Spark's executors as processes of this machine. */
final class LocalCluster {
    private static final int CORES = 1;
    private static final int MEMORY_MIB = 2048;

    private LocalCluster() {}

    /** Options of spark-submit for executors of one core, which are waited for. */
    static List<String> options(int executors) {
        return List.of(
                "--master",
                "local-cluster[" + executors + "," + CORES + "," + MEMORY_MIB + "]",
                "--conf",
                "spark.scheduler.minRegisteredResourcesRatio=1.0");
    }
}
