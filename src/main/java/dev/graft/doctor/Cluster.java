package dev.graft.doctor;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/** What the settings of Spark say about where a run takes place. */
record Cluster(SparkConf conf) {
    /** Spark's default on YARN and Kubernetes. */
    private static final int DEFAULT_INSTANCES = 2;

    private static final Pattern LOCAL_CLUSTER = Pattern.compile("local-cluster\\[\\s*(\\d+)\\s*,.*");

    private String master() {
        return conf.get("spark.master", "local");
    }

    /** Whether tasks run in the driver. */
    boolean isLocal() {
        return master().startsWith("local") && !LOCAL_CLUSTER.matcher(master()).matches();
    }

    boolean isYarn() {
        return master().equals("yarn");
    }

    boolean isKubernetes() {
        return master().startsWith("k8s");
    }

    /** Whether JVMs of a role run in containers that end them if they take more memory than was asked for. */
    boolean limitsMemory(Role role) {
        boolean driverIsOutside = !conf.get("spark.submit.deployMode", "client").equals("cluster");
        return (isYarn() || isKubernetes()) && !(role == Role.DRIVER && driverIsOutside);
    }

    int taskCpus() {
        return conf.getInt("spark.task.cpus", 1);
    }

    /** How many executors there will be; empty if that is open. */
    OptionalInt executors() {
        Matcher localCluster = LOCAL_CLUSTER.matcher(master());
        if (isLocal()) {
            return OptionalInt.of(0);
        }
        if (localCluster.matches()) {
            return OptionalInt.of(Integer.parseInt(localCluster.group(1)));
        }
        if ((isYarn() || isKubernetes()) && !conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
            return OptionalInt.of(conf.getInt("spark.executor.instances", DEFAULT_INSTANCES));
        }
        return OptionalInt.empty();
    }
}
