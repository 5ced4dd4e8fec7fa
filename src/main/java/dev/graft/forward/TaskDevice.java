package dev.graft.forward;

import dev.graft.nn.Devices;
import dev.graft.settings.InvalidInputException;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/** The device that Spark gave to a task. */
public final class TaskDevice {
    /** What Spark calls GPUs. */
    static final String GPU = "gpu";

    /** Stands for the CPU. */
    public static final int CPU = -1;

    private TaskDevice() {}

    /**
     * Lets the calling thread work on the GPU of its task, where Spark gave it one.
     *
     * @return the GPU's index, or {@link #CPU}
     * @throws InvalidInputException when Spark gave it a GPU that cannot be used
     */
    public static int bind() {
        int device = of(TaskContext.get());
        if (device != CPU) {
            Devices.use(device);
        }
        return device;
    }

    /** The index of the GPU that Spark gave a task, or {@link #CPU}. */
    public static int of(TaskContext task) {
        ResourceInformation gpus = task.resourcesJMap().get(GPU);
        if (gpus == null || gpus.addresses().length == 0) {
            return CPU;
        }
        String address = gpus.addresses()[0];
        try {
            return Integer.parseInt(address);
        } catch (NumberFormatException e) {
            throw new InvalidInputException(
                    "Invalid address of a GPU: '" + address
                            + "' (spark.executor.resource.gpu.discoveryScript must print"
                            + " indexes, as submit/gpu-discovery does)",
                    e);
        }
    }
}
