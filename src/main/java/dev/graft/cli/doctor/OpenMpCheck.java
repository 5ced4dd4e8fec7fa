package dev.graft.cli.doctor;

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
        if (tasks == 0 || kernels == null) {
            return Finding.ok(tasks == 0 ? "no tasks here" : KernelsCheck.NOT_KNOWN, jvm.location());
        }
        if (tasks > 1 && kernels.threads() > cores) {
            return wrong(
                    jvm,
                    cores,
                    "tasks wait for each other's threads where they share cores, and all become slower");
        }
        if (kernels.threads() < cores) {
            return wrong(jvm, cores, "the other cores that a task has are idle");
        }
        return Finding.ok(kernels.threads() + " for each task", jvm.location());
    }

    private static Finding wrong(ExecutorFacts jvm, int cores, String why) {
        String value = jvm.natives().ompNumThreads();
        NativeKernels kernels = jvm.natives().kernels();
        return Finding.warning(
                (kernels == null ? 0 : kernels.threads()) + " for each task, which has spark.task.cpus=" + cores + " ("
                        + (value == null ? VARIABLE + " is not set" : VARIABLE + "=" + value) + ")",
                jvm.location(),
                why,
                jvm.location().role().withVariable(VARIABLE, cores));
    }
}
