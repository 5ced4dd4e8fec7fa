package dev.graft.nn;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * The native kernels of this JVM, as they describe themselves.
 *
 * @param backend ND4J's name of what the kernels run on
 * @param cpu whether that is the CPU
 * @param buildFlags what the kernels were built with
 * @param instructions the instruction set that they were built for
 * @param devices GPUs that the kernels see; none where they run on the CPU
 * @param threads OpenMP threads of a kernel that a task calls
 * @param maxBytes what JavaCPP lets live in native memory, 0 for no limit
 * @param maxPhysicalBytes what JavaCPP lets the process hold in memory, 0 for no limit
 */
public record NativeKernels(
        String backend,
        boolean cpu,
        String buildFlags,
        String instructions,
        List<Devices.Device> devices,
        int threads,
        long maxBytes,
        long maxPhysicalBytes)
        implements Serializable {
    private static final long serialVersionUID = 2;

    private static final String AVX2 = "avx2";
    private static final String BINDINGS = "org/nd4j/linalg/cpu/nativecpu/bindings/";
    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");
    private static final String[] INSTRUCTIONS = {"any CPU", "x86-64", AVX2, "avx512"};

    /**
     * Loads the kernels and tries one of them.
     *
     * @throws IllegalStateException if they cannot be loaded or compute wrong values
     */
    public static NativeKernels load() {
        requireInstructions();
        try {
            requireSupportedDevice();
            requireRightConvolution();
            NativeOps kernels = NativeOpsHolder.getInstance().getDeviceNativeOps();
            return new NativeKernels(
                    Nd4j.getBackend().getClass().getSimpleName(),
                    Nd4j.getEnvironment().isCPU(),
                    kernels.buildInfo(),
                    INSTRUCTIONS[kernels.binaryLevel()],
                    Devices.all(),
                    threadsOfTask(kernels),
                    Pointer.maxBytes(),
                    Pointer.maxPhysicalBytes());
        } catch (RuntimeException | LinkageError e) {
            throw new IllegalStateException("Cannot load the native kernels: " + rootCause(e), e);
        }
    }

    public boolean hasOneDnn() {
        return buildFlags.lines().anyMatch(line -> line.strip().equals("HAVE_ONEDNN"));
    }

    /** Natives that meet an instruction that the CPU lacks end the JVM, so this must be known before they load. */
    private static void requireInstructions() {
        String natives = BINDINGS + Loader.getPlatform() + "-onednn-" + AVX2 + "/libnd4jcpu.so";
        if (NativeOps.class.getClassLoader().getResource(natives) != null && lacks(AVX2, processor())) {
            throw new IllegalStateException("Cannot load the native kernels: they need AVX2, which this CPU lacks");
        }
    }

    /** @param processor what Linux says about the CPU; empty if it says nothing */
    static boolean lacks(String instructions, String processor) {
        return processor.lines().anyMatch(line -> line.startsWith("flags"))
                && processor.lines().filter(line -> line.startsWith("flags")).noneMatch(line -> Arrays.asList(
                                line.split("\\s+"))
                        .contains(instructions));
    }

    private static String processor() {
        try {
            return Files.isReadable(PROCESSOR) ? Files.readString(PROCESSOR) : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** The CUDA backend loads on any GPU, and fails at the first kernel. */
    private static void requireSupportedDevice() {
        List<Devices.Device> devices = Devices.all();
        if (!devices.isEmpty() && devices.stream().noneMatch(Devices.Device::isSupported)) {
            throw new IllegalStateException(devices.get(0).whyNot());
        }
    }

    private static void requireRightConvolution() {
        INDArray image = Nd4j.ones(DataType.FLOAT, 1, 3, 3, 1);
        INDArray kernel = Nd4j.ones(DataType.FLOAT, 3, 3, 1, 1);
        INDArray sum = Nd4j.create(DataType.FLOAT, 1, 1, 1, 1);
        Nd4j.exec(Kernels.conv2d(Window.valid(3, 1), sum, image, kernel));
        if (sum.getFloat(0) != 9) {
            throw new IllegalStateException("a convolution of nine ones gives " + sum.getFloat(0));
        }
    }

    /** OpenMP counts for each thread by itself, and ND4J changes the count of the one that loads it. */
    private static int threadsOfTask(NativeOps kernels) {
        FutureTask<Integer> count = new FutureTask<>(kernels::ompGetMaxThreads);
        new Thread(count, "OpenMP threads").start();
        try {
            return count.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("OpenMP does not tell its threads", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
