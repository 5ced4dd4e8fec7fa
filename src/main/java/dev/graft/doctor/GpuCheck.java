package dev.graft.doctor;

import dev.graft.nn.Devices;
import dev.graft.nn.NativeKernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;

/** Are GPUs asked for, and are they there and of a kind that the kernels run on? */
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
        if (runsOnCpu(facts)) {
            return List.of(Finding.failure(
                    String.join(", ", asked),
                    Finding.SETTINGS,
                    "this build has ND4J's CPU backend: Spark waits for GPUs and holds them, and nothing runs on them",
                    "mvn -Pcuda -DskipTests package, or take " + String.join(" and ", asked)
                            + " out of the call and of spark-defaults.conf"));
        }
        return facts.jvms().stream()
                .flatMap(jvm -> kernels(jvm).map(kernels -> judge(jvm, kernels)).stream())
                .toList();
    }

    private static Optional<NativeKernels> kernels(ExecutorFacts jvm) {
        return Optional.ofNullable(jvm.natives().kernels());
    }

    private static Finding judge(ExecutorFacts jvm, NativeKernels kernels) {
        if (kernels.devices().isEmpty()) {
            return Finding.failure(
                    "no GPU",
                    jvm.location(),
                    "GPUs were asked for, and a task that is given one fails",
                    "--conf spark.executor.resource.gpu.discoveryScript=submit/gpu-discovery, on hosts with GPUs");
        }
        return kernels.devices().stream()
                .filter(device -> !device.isSupported())
                .findFirst()
                .map(device -> Finding.failure(
                        device.whyNot(),
                        jvm.location(),
                        "a task that is given it fails",
                        "take hosts with other GPUs, or build without -Pcuda and run on the CPU"))
                .orElseGet(() -> Finding.ok(described(kernels.devices()), jvm.location()));
    }

    private static String described(List<Devices.Device> devices) {
        return devices.stream()
                .map(device -> String.format(
                        Locale.ROOT, "GPU %d: %s (%.1f)", device.index(), device.name(), device.capability()))
                .collect(Collectors.joining(", "));
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
