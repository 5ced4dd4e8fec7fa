package dev.graft.averaging;

import dev.graft.nn.FloatArrays;
import java.io.Serializable;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** What workers start a round from: configuration, parameters, the updater's state, and how many steps were made. */
public final class AveragingState implements Serializable {
    private static final long serialVersionUID = 1;

    private final String configuration;
    private final float[] parameters;
    private final float[] updaterState;
    private final int iteration;

    private AveragingState(String configuration, float[] parameters, float[] updaterState, int iteration) {
        this.configuration = configuration;
        this.parameters = parameters;
        this.updaterState = updaterState;
        this.iteration = iteration;
    }

    public static AveragingState of(ComputationGraph network) {
        int iteration = network.getConfiguration().getIterationCount();
        return new AveragingState(
                configuration(network), FloatArrays.values(network.params()), updaterState(network), iteration);
    }

    /** The configuration without the counts of steps and rounds, so that it is the same in every round. */
    private static String configuration(ComputationGraph network) {
        ComputationGraphConfiguration configuration = network.getConfiguration();
        int iteration = configuration.getIterationCount();
        int epoch = configuration.getEpochCount();
        configuration.setIterationCount(0);
        configuration.setEpochCount(0);
        String json = configuration.toJson();
        configuration.setIterationCount(iteration);
        configuration.setEpochCount(epoch);
        return json;
    }

    /** A copy of a network's parameters. */
    static float[] parameters(ComputationGraph network) {
        return FloatArrays.values(network.params());
    }

    static void setParameters(ComputationGraph network, float... parameters) {
        network.params().assign(FloatArrays.array(parameters, network.params().shape()));
    }

    /** A copy of the updater's state; empty for an updater without one. */
    static float[] updaterState(ComputationGraph network) {
        var state = network.getUpdater().getUpdaterStateViewArray();
        return state == null ? new float[0] : FloatArrays.values(state);
    }

    public String configuration() {
        return configuration;
    }

    /** Bytes of parameters and updater state. */
    long bytes() {
        return Float.BYTES * ((long) parameters.length + updaterState.length);
    }

    /** Sets a network of this configuration to this state. */
    public void restore(ComputationGraph network) {
        set(network, parameters, updaterState, iteration);
    }

    static void set(ComputationGraph network, float[] parameters, float[] updaterState, int iteration) {
        setParameters(network, parameters);
        if (updaterState.length > 0) {
            var state = network.getUpdater().getUpdaterStateViewArray();
            state.assign(FloatArrays.array(updaterState, state.shape()));
        }
        network.getConfiguration().setIterationCount(iteration);
    }
}
