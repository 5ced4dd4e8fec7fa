package dev.graft.predict;

import dev.graft.nn.BatchNormLayer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** The part of a network above a cut, as a network of its own whose input is what the layer at the cut gives. */
public final class UpperNetwork {
    private UpperNetwork() {}

    /**
     * Copies the part of a network above a cut.
     *
     * @param cut name of a layer, or of the network's input, that everything above reads the part below through
     * @param updaters of each layer, by name
     * @param loss of the output layer
     */
    public static ComputationGraph above(
            ComputationGraph network, String cut, Function<String, IUpdater> updaters, ILossFunction loss) {
        ComputationGraphConfiguration configuration = network.getConfiguration();
        Set<String> below = below(configuration, cut);
        GraphBuilder graph = new NeuralNetConfiguration.Builder().graphBuilder().addInputs(cut);
        for (org.deeplearning4j.nn.graph.vertex.GraphVertex each : network.getVertices()) {
            String name = each.getVertexName();
            if (!below.contains(name) && !each.isInputVertex()) {
                add(graph, configuration, name, updaters, loss);
            }
        }
        ComputationGraph upper = new ComputationGraph(
                graph.setOutputs(configuration.getNetworkOutputs().toArray(String[]::new))
                        .build());
        upper.init();
        copy(network, upper);
        return upper;
    }

    private static void add(
            GraphBuilder graph,
            ComputationGraphConfiguration configuration,
            String name,
            Function<String, IUpdater> updaters,
            ILossFunction loss) {
        GraphVertex configured =
                Objects.requireNonNull(configuration.getVertices().get(name), name);
        String[] inputs =
                configuration.getVertexInputs().getOrDefault(name, List.of()).toArray(String[]::new);
        if (configured instanceof LayerVertex vertex) {
            Layer layer = vertex.getLayerConf().getLayer().clone();
            if (layer instanceof BaseLayer trained) {
                trained.setIUpdater(updaters.apply(name));
                trained.setBiasUpdater(null);
            }
            if (layer instanceof OutputLayer output) {
                output.setLossFn(loss);
            }
            graph.addLayer(name, layer, inputs);
        } else {
            graph.addVertex(name, configured.clone(), inputs);
        }
    }

    /** The layer at the cut and everything it depends on. */
    private static Set<String> below(ComputationGraphConfiguration configuration, String cut) {
        Set<String> below = new HashSet<>();
        List<String> open = new ArrayList<>(List.of(cut));
        while (!open.isEmpty()) {
            String name = open.remove(open.size() - 1);
            if (below.add(name)) {
                open.addAll(configuration.getVertexInputs().getOrDefault(name, List.of()));
            }
        }
        return below;
    }

    /** Copies parameters and batch norm statistics of the layers that both networks have. */
    public static void copy(ComputationGraph from, ComputationGraph to) {
        for (org.deeplearning4j.nn.api.Layer layer : from.getLayers()) {
            String name = layer.conf().getLayer().getLayerName();
            if (!to.getConfiguration().getVertices().containsKey(name)) {
                continue;
            }
            for (Map.Entry<String, INDArray> parameter : layer.paramTable().entrySet()) {
                to.getLayer(name).getParam(parameter.getKey()).assign(parameter.getValue());
            }
            if (layer.conf().getLayer() instanceof BatchNormLayer norm) {
                ((BatchNormLayer) to.getLayer(name).conf().getLayer())
                        .setStatistics(norm.movingMean(), norm.movingVariance());
            }
        }
    }
}
