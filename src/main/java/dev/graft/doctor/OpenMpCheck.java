package dev.graft.doctor;

import dev.graft.nn.NativeKernels;

/** Has each task as many OpenMP threads as cores? */
final class OpenMpCheck implements JvmCheck {
    private static final String VARIABLE = "OMP_NUM_THREADS";

    @Override
    public String name() {
        return "OpenMP threads";
    }

    @Override
    public Finding judge(ExecutorFacts jvm, Facts facts) {
        NativeKernels kernels = jvm.natives().kernels();
        int tasks = facts.tasks(jvm);
        int cores = facts.cluster().taskCpus();
        if (tasks == 0) {
            return Finding.ok("none needed without tasks", jvm.location());
        }
        if (kernels == null) {
            return Finding.ok(KernelsCheck.NOT_KNOWN, jvm.location());
        }
        if (tasks > 1 && kernels.threads() > cores) {
            return wrong(
                    kernels.threads(),
                    cores,
                    jvm,
                    "tasks that share cores wait for each other's threads: all are slower");
        }
        if (kernels.threads() < cores) {
            return wrong(kernels.threads(), cores, jvm, "the other cores that a task has are idle");
        }
        return Finding.ok(kernels.threads() + " for each task", jvm.location());
    }

    private static Finding wrong(int threads, int cores, ExecutorFacts jvm, String why) {
        String value = jvm.natives().ompNumThreads();
        String cause = value == null ? VARIABLE + " is not set" : VARIABLE + "=" + value;
        return Finding.warning(
                threads + " for each task, which has spark.task.cpus=" + cores + " (" + cause + ")",
                jvm.location(),
                why,
                jvm.location().role().withVariable(VARIABLE, cores));
    }
}
