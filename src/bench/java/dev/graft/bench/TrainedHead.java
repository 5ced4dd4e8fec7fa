package dev.graft.bench;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** The part of a graph in DL4J that all trained ones share: Adam, and a dense layer to one logit on the features. */
final class TrainedHead {
    private static final String NAME = "logit";
    private static final double LEARNING_RATE = 1e-5;

    private TrainedHead() {}

    /** A graph to add layers to. */
    static GraphBuilder graph() {
        return new NeuralNetConfiguration.Builder()
                .updater(new Adam(LEARNING_RATE))
                .graphBuilder();
    }

    /** Adds the head on the layer that gives the features. */
    static void addTo(GraphBuilder graph, String features, int count, ILossFunction loss, Activation activation) {
        OutputLayer logit = new OutputLayer.Builder(loss)
                .nIn(count)
                .nOut(1)
                .activation(activation)
                .build();
        graph.addLayer(NAME, logit, features).setOutputs(NAME);
    }

    /** The network with the shared weights in its head. */
    static ComputationGraph initialized(GraphBuilder graph) {
        ComputationGraph network = new ComputationGraph(graph.build());
        network.init();
        var weights = network.getLayer(NAME).getParam(DefaultParamInitializer.WEIGHT_KEY);
        int features = Math.toIntExact(weights.length());
        weights.assign(Nd4j.createFromArray(SharedInput.headWeights(features)).reshape('c', weights.shape()));
        return network;
    }
}
