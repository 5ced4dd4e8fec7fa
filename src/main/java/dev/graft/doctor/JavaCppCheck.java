package dev.graft.doctor;

import dev.graft.nn.NativeKernels;

/**
 * Does JavaCPP let a run have the native memory that it needs? It counts the files that OpenCV reads by themselves, and
 * all else with the memory of the process.
 */
final class JavaCppCheck implements JvmCheck {
    private static final String PROPERTY = "-Dorg.bytedeco.javacpp.";

    @Override
    public String name() {
        return "JavaCPP limits";
    }

    @Override
    public Finding judge(ExecutorFacts jvm, Facts facts) {
        NativeKernels kernels = jvm.natives().kernels();
        if (kernels == null) {
            return Finding.ok(KernelsCheck.NOT_KNOWN, jvm.location());
        }
        int tasks = facts.tasks(jvm);
        long files = tasks * facts.demand().largestFile();
        if (isBelow(kernels.maxBytes(), files)) {
            return tooLow("maxbytes", kernels.maxBytes(), files, tasks + " files of decode.max-bytes", jvm);
        }
        long process = jvm.memory().heapBytes() + facts.nativeDemand(jvm);
        if (isBelow(kernels.maxPhysicalBytes(), process)) {
            return tooLow("maxphysicalbytes", kernels.maxPhysicalBytes(), process, "heap and native memory", jvm);
        }
        return Finding.ok("above what a run takes", jvm.location());
    }

    private static boolean isBelow(long limit, long demand) {
        return limit > 0 && limit < demand;
    }

    private static Finding tooLow(String property, long limit, long demand, String what, ExecutorFacts jvm) {
        return Finding.warning(
                property + " is " + Bytes.text(limit) + ", " + what + " may take " + Bytes.text(demand),
                jvm.location(),
                "above it JavaCPP throws an OutOfMemoryError",
                jvm.location().role().withJavaOptions(PROPERTY + property + "=" + Bytes.setting(demand)));
    }
}
