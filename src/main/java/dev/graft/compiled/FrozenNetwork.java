package dev.graft.compiled;

import dev.graft.nn.FloatArrays;
import java.io.Serializable;
import java.util.UUID;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * A network as it travels to executors: configuration, parameters, and where it ends. It is plain Java and survives
 * serialization; {@link #compile} is done once in each JVM.
 */
public final class FrozenNetwork implements Serializable {
    private static final long serialVersionUID = 1;

    private final String id = UUID.randomUUID().toString();
    private final String configuration;
    private final float[] parameters;
    private final String lastLayer;
    private final long[] inputShape;

    private FrozenNetwork(String configuration, float[] parameters, String lastLayer, long[] inputShape) {
        this.configuration = configuration;
        this.parameters = parameters;
        this.lastLayer = lastLayer;
        this.inputShape = inputShape;
    }

    /**
     * Freezes a network as it is now.
     *
     * @param lastLayer name of the layer whose output is wanted
     * @param inputShape shape of one image: height, width, channels
     */
    public static FrozenNetwork of(ComputationGraph network, String lastLayer, long... inputShape) {
        return new FrozenNetwork(
                network.getConfiguration().toJson(),
                FloatArrays.values(network.params()),
                lastLayer,
                inputShape.clone());
    }

    /** Tells this network from every other, in every JVM. */
    public String id() {
        return id;
    }

    public CompiledNetwork compile() {
        ComputationGraph network = new ComputationGraph(ComputationGraphConfiguration.fromJson(configuration));
        network.init(FloatArrays.array(parameters, parameters.length), false);
        return CompiledNetwork.compile(network, lastLayer, inputShape);
    }
}
