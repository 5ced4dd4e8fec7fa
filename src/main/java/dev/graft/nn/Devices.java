package dev.graft.nn;

import dev.graft.settings.InvalidInputException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** The GPUs that ND4J sees in this JVM. */
public final class Devices {
    /**
     * The compute capabilities that ND4J's CUDA backend has machine code for; it has no code that a driver could translate
     * for others. Code for 8.6 runs on 8.9.
     */
    private static final double LOWEST_CAPABILITY = 3.7;

    private static final double BEYOND_CAPABILITY = 9;

    private Devices() {}

    /**
     * A GPU.
     *
     * @param capability its compute capability, such as 8.6
     */
    public record Device(int index, String name, double capability) implements Serializable {
        private static final long serialVersionUID = 1;

        /** Whether ND4J's kernels run on it. */
        public boolean isSupported() {
            return capability >= LOWEST_CAPABILITY && capability < BEYOND_CAPABILITY;
        }

        /** Why nothing runs on it. */
        public String whyNot() {
            return String.format(
                    Locale.ROOT,
                    "%s has compute capability %.1f, and ND4J's CUDA backend has code for 3.7 to 8.9 only"
                            + " (P100, V100, T4, A10, A100, L4, L40, RTX 20 to 40; not Hopper or Blackwell)",
                    name,
                    capability);
        }
    }

    /**
     * Refuses to go on where ND4J's backend does not load, as CUDA's does not without a GPU.
     *
     * @throws InvalidInputException that says what it needs
     */
    public static void requireBackend() {
        try {
            Nd4j.getEnvironment();
        } catch (ExceptionInInitializerError | NoClassDefFoundError e) {
            throw new InvalidInputException(
                    "Cannot use a GPU: ND4J's CUDA backend does not load on this host (it needs an NVIDIA driver and CUDA 11's"
                            + " cudart, cublas, cublasLt, cusolver, cusolverMg and cusparse; a warning above names what is"
                            + " missing; build without -Pcuda to run on the CPU)",
                    e);
        }
    }

    /** The GPUs; none where ND4J runs on the CPU. */
    public static List<Device> all() {
        requireBackend();
        if (Nd4j.getEnvironment().isCPU()) {
            return List.of();
        }
        NativeOps kernels = NativeOpsHolder.getInstance().getDeviceNativeOps();
        List<Device> devices = new ArrayList<>();
        for (int i = 0; i < kernels.getAvailableDevices(); i++) {
            double capability = kernels.getDeviceMajor(i) + kernels.getDeviceMinor(i) / 10.0;
            devices.add(new Device(i, kernels.getDeviceName(i), capability));
        }
        return devices;
    }

    /**
     * Lets the calling thread work on a GPU.
     *
     * @throws InvalidInputException when this build runs on the CPU, there is no such GPU, or nothing runs on it
     */
    public static void use(int index) {
        if (Nd4j.getEnvironment().isCPU()) {
            throw new InvalidInputException(
                    "Cannot use GPU " + index + ": this build of Graft runs on the CPU (build it with"
                            + " mvn -Pcuda, or ask Spark for no GPUs: spark.executor.resource.gpu.amount,"
                            + " spark.task.resource.gpu.amount)");
        }
        List<Device> devices = all();
        if (index < 0 || index >= devices.size()) {
            throw new InvalidInputException("Cannot use GPU " + index + ": this host has "
                    + (devices.isEmpty() ? "none" : "GPUs 0 to " + (devices.size() - 1))
                    + " (check what spark.executor.resource.gpu.discoveryScript prints)");
        }
        Device device = devices.get(index);
        if (!device.isSupported()) {
            throw new InvalidInputException("Cannot use GPU " + index + ": " + device.whyNot());
        }
        Nd4j.getAffinityManager().unsafeSetDevice(index);
    }
}
