package dev.graft.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;

/** Are GPUs asked for that this build cannot use? */
final class GpuCheck implements Check {
    private static final List<String> KEYS = List.of(
            "spark.driver.resource.gpu.amount", "spark.executor.resource.gpu.amount", "spark.task.resource.gpu.amount");

    @Override
    public String name() {
        return "GPU";
    }

    @Override
    public List<Finding> judge(Facts facts) {
        List<String> asked = asked(facts.conf());
        if (asked.isEmpty()) {
            return List.of(Finding.ok("none asked for", Finding.SETTINGS));
        }
        if (!runsOnCpu(facts)) {
            return List.of(Finding.ok(String.join(", ", asked), Finding.SETTINGS));
        }
        return List.of(Finding.failure(
                String.join(", ", asked),
                Finding.SETTINGS,
                "this build has ND4J's CPU backend: Spark waits for GPUs and holds them, and nothing runs on them",
                "take " + String.join(" and ", asked) + " out of the call and of spark-defaults.conf"));
    }

    /** The settings that ask for GPUs, with their values. */
    static List<String> asked(SparkConf conf) {
        List<String> asked = new ArrayList<>();
        for (String key : KEYS) {
            if (conf.getDouble(key, 0) > 0) {
                asked.add(key + "=" + conf.get(key));
            }
        }
        return asked;
    }

    private static boolean runsOnCpu(Facts facts) {
        return facts.jvms().stream()
                .map(jvm -> jvm.natives().kernels())
                .allMatch(kernels -> kernels == null || kernels.cpu());
    }
}
