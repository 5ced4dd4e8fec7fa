package dev.graft.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NativeKernelsTest {
    @Test
    void theKernelsOfThisBuildHaveOneDnn() {
        NativeKernels kernels = NativeKernels.load();

        assertThat(kernels.backend()).isEqualTo("CpuBackend");
        assertThat(kernels.cpu()).isTrue();
        assertThat(kernels.hasOneDnn()).isTrue();
        assertThat(kernels.instructions()).isEqualTo("avx2");
    }

    @Test
    void threadsAreThoseOfATaskAsTheEnvironmentHasThem() {
        String variable = System.getenv("OMP_NUM_THREADS");

        assertThat(NativeKernels.load().threads())
                .isEqualTo(variable == null ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(variable));
    }

    @Test
    void instructionsAreLookedForAmongTheFlagsOfLinux() {
        assertThat(NativeKernels.lacks("avx2", "processor : 0\nflags\t\t: fpu sse2 avx\n"))
                .isTrue();
        assertThat(NativeKernels.lacks("avx2", "processor : 0\nflags\t\t: fpu sse2 avx avx2 fma\n"))
                .isFalse();
        assertThat(NativeKernels.lacks("avx2", "")).isFalse();
    }
}
