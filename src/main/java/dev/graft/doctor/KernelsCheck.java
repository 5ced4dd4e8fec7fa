package dev.graft.doctor;

import dev.graft.nn.NativeKernels;

/** Do the native kernels load, and are they the fast ones? */
final class KernelsCheck implements JvmCheck {
    /** What the checks say that need to know the kernels. */
    static final String NOT_KNOWN = "not known until the native kernels load";

    @Override
    public String name() {
        return "native kernels";
    }

    @Override
    public Finding judge(ExecutorFacts jvm, Facts facts) {
        NativeKernels kernels = jvm.natives().kernels();
        if (kernels == null) {
            return Finding.failure(
                    jvm.natives().problem(),
                    jvm.location(),
                    "every image and every step of training goes through them",
                    "run on Linux with glibc on the platform Graft is built for, with a cache directory that programs"
                            + " may run from ("
                            + jvm.location().role().withJavaOptions("-Dorg.bytedeco.javacpp.cachedir=DIRECTORY")
                            + "); for another platform: mvn package -Djavacpp.platform=PLATFORM");
        }
        if (kernels.cpu() && !kernels.hasOneDnn()) {
            return Finding.warning(
                    kernels.backend() + " without oneDNN",
                    jvm.location(),
                    "convolutions take about forty times as long without it",
                    "mvn package -Dnd4j.classifier=linux-x86_64-onednn-avx2");
        }
        return Finding.ok(
                kernels.cpu()
                        ? kernels.backend() + " with oneDNN, built for " + kernels.instructions()
                        : kernels.backend(),
                jvm.location());
    }
}
