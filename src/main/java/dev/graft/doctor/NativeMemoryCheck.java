package dev.graft.doctor;

import org.apache.spark.SparkConf;

/** Is there memory beside the heap for weights, forward passes and images? The demand is an estimate. */
final class NativeMemoryCheck implements JvmCheck {
    private static final long LEAST_OVERHEAD_MIB = 384;
    private static final double OVERHEAD_FACTOR = 0.1;

    @Override
    public String name() {
        return "native memory";
    }

    @Override
    public Finding judge(ExecutorFacts jvm, Facts facts) {
        return facts.cluster().limitsMemory(jvm.location().role()) ? judgeContainer(jvm, facts) : judgeHost(jvm, facts);
    }

    private static Finding judgeContainer(ExecutorFacts jvm, Facts facts) {
        Role role = jvm.location().role();
        long overhead = overheadMib(role, facts) * Bytes.MIB;
        long demand = facts.nativeDemand(jvm);
        if (overhead >= demand) {
            return Finding.ok("enough beside the heap", jvm.location());
        }
        return Finding.warning(
                role.key("memoryOverhead") + " is " + Bytes.text(overhead) + ", a run may take " + Bytes.text(demand),
                jvm.location(),
                "a container that takes more than it was given is killed; estimated: "
                        + facts.demand().parts(facts.tasks(jvm)),
                "--conf " + role.key("memoryOverhead") + "=" + Bytes.setting(demand)
                        + ", or fewer tasks at a time, or --set extract.batch and decode.max-image-memory smaller");
    }

    /** As Spark works it out. */
    private static long overheadMib(Role role, Facts facts) {
        SparkConf conf = facts.conf();
        if (conf.contains(role.key("memoryOverhead"))) {
            return conf.getSizeAsMb(role.key("memoryOverhead"));
        }
        double factor = facts.cluster().isKubernetes()
                ? conf.getDouble("spark.kubernetes.memoryOverheadFactor", OVERHEAD_FACTOR)
                : OVERHEAD_FACTOR;
        long share = (long)
                (conf.getDouble(role.key("memoryOverheadFactor"), factor) * conf.getSizeAsMb(role.key("memory"), "1g"));
        return Math.max(LEAST_OVERHEAD_MIB, share);
    }

    /** All JVMs of the application on a host share its memory. */
    private static Finding judgeHost(ExecutorFacts jvm, Facts facts) {
        long demand = facts.jvms().stream()
                .filter(other -> other.location().host().equals(jvm.location().host()))
                .mapToLong(other -> other.memory().heapBytes() + facts.nativeDemand(other))
                .sum();
        if (demand <= jvm.memory().physicalBytes()) {
            return Finding.ok("enough beside the heap", jvm.location());
        }
        Role role = jvm.location().role();
        return Finding.warning(
                "the host has " + Bytes.text(jvm.memory().physicalBytes()) + ", a run may take " + Bytes.text(demand)
                        + " of it",
                jvm.location(),
                "the system swaps or kills processes then; estimated: heap of "
                        + Bytes.text(jvm.memory().heapBytes()) + ", "
                        + facts.demand().parts(facts.tasks(jvm)),
                "--conf " + role.key("memory") + " smaller, fewer tasks at a time"
                        + (role == Role.DRIVER ? " (--master local[1])" : " (--conf spark.executor.cores=1)")
                        + ", or --set extract.batch and decode.max-image-memory smaller");
    }
}
