package dev.graft.doctor;

import java.util.List;
import org.apache.spark.SparkConf;

/**
 * All that the checks judge by.
 *
 * @param jvms the driver, then the executors that answered
 */
record Facts(
        SparkConf conf,
        BuiltWith built,
        NativeDemand demand,
        HeapDemand heap,
        List<ExecutorFacts> jvms,
        Visits visits) {
    Cluster cluster() {
        return new Cluster(conf);
    }

    /** How many tasks a JVM runs at a time. */
    int tasks(ExecutorFacts jvm) {
        return visits.members().stream()
                .filter(member ->
                        member.location().executorId().equals(jvm.location().executorId()))
                .mapToInt(Member::tasks)
                .findFirst()
                .orElse(0);
    }

    /** What a JVM takes beside its heap, in bytes. */
    long nativeDemand(ExecutorFacts jvm) {
        return demand.of(tasks(jvm));
    }
}
