package dev.graft.cli.doctor;

import dev.graft.nn.NativeKernels;

/** Does JavaCPP let a run have the native memory that it needs? */
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
        long images = tasks * facts.demand().largestImage();
        if (isBelow(kernels.maxBytes(), images)) {
            return tooLow("maxbytes", kernels.maxBytes(), images, tasks + " largest images", jvm);
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
