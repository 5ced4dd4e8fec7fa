package dev.graft.spark;

import java.util.Map;
import org.apache.spark.SparkConf;

/**
 * Keeps a task away from an executor on which it failed twice, such as one whose disk is full. Left alone, Spark gives a
 * failed task to the next executor that is idle, which is often the one that failed, and after four times gives up the
 * run. Nothing but the task is kept away: a short failure of a storage, on whatever executors, costs nobody his work.
 */
final class FailingExecutors {
    private static final String EXCLUDE = "spark.excludeOnFailure.";
    private static final String TASK_FAILURES = "spark.task.maxFailures";
    private static final int DEFAULT_TASK_FAILURES = 4;
    private static final String NEVER = "1000000";

    private FailingExecutors() {}

    /** The properties to add to those that were given; none where the user has chosen, or there is one executor alone. */
    static Map<String, String> properties(SparkConf given) {
        boolean isChosen =
                given.getAllWithPrefix(EXCLUDE).length > 0 || given.getAllWithPrefix("spark.blacklist.").length > 0;
        boolean isAlone = given.get("spark.master", "").startsWith("local-cluster[1,")
                || given.get("spark.executor.instances", "").equals("1");
        if (isChosen || isAlone || given.getInt(TASK_FAILURES, DEFAULT_TASK_FAILURES) < DEFAULT_TASK_FAILURES) {
            return Map.of();
        }
        return Map.of(
                EXCLUDE + "enabled", "true",
                EXCLUDE + "task.maxTaskAttemptsPerExecutor", "2",
                EXCLUDE + "task.maxTaskAttemptsPerNode", "3",
                EXCLUDE + "stage.maxFailedTasksPerExecutor", NEVER,
                EXCLUDE + "stage.maxFailedExecutorsPerNode", NEVER,
                EXCLUDE + "application.maxFailedTasksPerExecutor", NEVER,
                EXCLUDE + "application.maxFailedExecutorsPerNode", NEVER);
    }
}
