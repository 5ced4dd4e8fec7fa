package dev.graft.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class FailingExecutorsTest {
    private final SparkConf given = new SparkConf(false).set("spark.master", "yarn");

    @Test
    void aTaskIsKeptFromAnExecutorOnWhichItFailedTwice() {
        assertThat(FailingExecutors.properties(given))
                .containsEntry("spark.excludeOnFailure.enabled", "true")
                .containsEntry("spark.excludeOnFailure.task.maxTaskAttemptsPerExecutor", "2");
    }

    @Test
    void whatTheUserHasChosenHolds() {
        assertThat(FailingExecutors.properties(given.clone().set("spark.excludeOnFailure.enabled", "false")))
                .isEmpty();
        assertThat(FailingExecutors.properties(
                        given.clone().set("spark.excludeOnFailure.task.maxTaskAttemptsPerNode", "1")))
                .isEmpty();
        assertThat(FailingExecutors.properties(given.clone().set("spark.blacklist.enabled", "true")))
                .isEmpty();
    }

    @Test
    void aLoneExecutorIsTriedAsOftenAsSparkDoes() {
        assertThat(FailingExecutors.properties(given.clone().set("spark.executor.instances", "1")))
                .isEmpty();
        assertThat(FailingExecutors.properties(given.clone().set("spark.master", "local-cluster[1,2,2048]")))
                .isEmpty();
    }

    /** Spark refuses to start where a task may fail less often than it may on one host. */
    @Test
    void whoAllowsFewFailuresIsLeftAlone() {
        assertThat(FailingExecutors.properties(given.clone().set("spark.task.maxFailures", "3")))
                .isEmpty();
    }
}
