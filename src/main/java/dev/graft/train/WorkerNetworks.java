package dev.graft.train;

import java.util.ArrayDeque;
import java.util.Deque;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * The training networks of this JVM, handed on from round to round. They are never closed: DL4J's {@code close} collects
 * garbage in the whole JVM, which takes longer than a round.
 */
final class WorkerNetworks {
    private static final Deque<ComputationGraph> IDLE = new ArrayDeque<>();
    private static String configurationOfIdle = "";

    private WorkerNetworks() {}

    /** A network of this configuration, in whatever state, for the calling task alone. */
    static ComputationGraph take(String configuration) {
        synchronized (WorkerNetworks.class) {
            if (!configuration.equals(configurationOfIdle)) {
                IDLE.clear();
                configurationOfIdle = configuration;
            } else if (!IDLE.isEmpty()) {
                return IDLE.pop();
            }
        }
        ComputationGraph network = new ComputationGraph(ComputationGraphConfiguration.fromJson(configuration));
        network.init();
        return network;
    }

    /** Gives a network back that was taken for this configuration. */
    static synchronized void giveBack(String configuration, ComputationGraph network) {
        if (configuration.equals(configurationOfIdle)) {
            IDLE.push(network);
        }
    }
}
