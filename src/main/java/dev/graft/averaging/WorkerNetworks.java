package dev.graft.averaging;

import dev.graft.forward.TaskDevice;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.spark.TaskContext;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * The training networks of this JVM, handed on from round to round. DL4J's own memory in them is left
 * to the collector: its {@code close} collects garbage in the whole JVM, which takes longer than a round.
 */
public final class WorkerNetworks {
    private static final Deque<Stepper> IDLE = new ArrayDeque<>();
    private static String configurationOfIdle = "";

    private WorkerNetworks() {}

    /** A network of this configuration, in whatever state, for the calling task alone. */
    public static Stepper take(String wanted) {
        String configuration = onDevice(wanted);
        synchronized (WorkerNetworks.class) {
            if (!configuration.equals(configurationOfIdle)) {
                IDLE.forEach(Stepper::close);
                IDLE.clear();
                configurationOfIdle = configuration;
            } else if (!IDLE.isEmpty()) {
                return IDLE.pop();
            }
        }
        ComputationGraph network = new ComputationGraph(ComputationGraphConfiguration.fromJson(wanted));
        network.init();
        return Steppers.of(network);
    }

    /** Gives a network back that was taken for this configuration. */
    public static synchronized void giveBack(String configuration, Stepper stepper) {
        if (onDevice(configuration).equals(configurationOfIdle)) {
            IDLE.push(stepper);
        } else {
            stepper.close();
        }
    }

    /** What lives on one GPU is of no use on another. */
    private static String onDevice(String configuration) {
        TaskContext task = TaskContext.get();
        return (task == null ? TaskDevice.CPU : TaskDevice.of(task)) + configuration;
    }
}
