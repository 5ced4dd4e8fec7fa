package dev.graft.nn;

import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** What follows the features of a network that trains: dropout, if there is any, and the output layer with its loss. */
final class TrainingHead {
    private final ComputationGraph network;
    private final @Nullable IDropout dropout;
    private final ILossFunction loss;
    private final INDArray weights;
    private final INDArray bias;
    private final INDArray weightGradient;
    private final INDArray biasGradient;

    /**
     * What a batch gives.
     *
     * @param lossSum the sum over the examples
     * @param featureGradient of that sum, [examples, features]
     */
    record Gradient(double lossSum, INDArray featureGradient) {}

    TrainingHead(ComputationGraph network, String featureLayer) {
        this.network = network;
        String next = reader(network, featureLayer);
        if (layer(network, next) instanceof DropoutLayer layer) {
            this.dropout = layer.getIDropout().clone();
            next = reader(network, next);
        } else {
            this.dropout = null;
        }
        if (!(layer(network, next) instanceof OutputLayer output)
                || !(output.getActivationFn() instanceof ActivationIdentity)) {
            throw new IllegalArgumentException("Cannot train the head of this network: " + next
                    + " is no output layer that gives logits, right after dropout or the features");
        }
        this.loss = output.getLossFn();
        this.weights = network.getLayer(next).getParam(DefaultParamInitializer.WEIGHT_KEY);
        this.bias = network.getLayer(next).getParam(DefaultParamInitializer.BIAS_KEY);
        this.weightGradient = FoldedKernel.gradient(network, next, DefaultParamInitializer.WEIGHT_KEY);
        this.biasGradient = FoldedKernel.gradient(network, next, DefaultParamInitializer.BIAS_KEY);
    }

    private static String reader(ComputationGraph network, String layer) {
        return network.getConfiguration().getVertexInputs().entrySet().stream()
                .filter(vertex -> vertex.getValue().contains(layer))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Cannot train the head of this network: nothing follows its layer " + layer));
    }

    private static @Nullable Layer layer(ComputationGraph network, String name) {
        return network.getConfiguration().getVertices().get(name) instanceof LayerVertex vertex
                ? Objects.requireNonNull(vertex.getLayerConf()).getLayer()
                : null;
    }

    /** Computes the loss, the gradients of the head's parameters into the network's own, and that of the features. */
    Gradient run(INDArray features, INDArray labels) {
        int iteration = network.getIterationCount();
        int epoch = network.getEpochCount();
        INDArray kept = dropout == null
                ? features
                : dropout.applyDropout(features, features, iteration, epoch, LayerWorkspaceMgr.noWorkspaces());
        INDArray logits = kept.mmul(weights).addiRowVector(bias);
        Pair<Double, INDArray> outcome =
                loss.computeGradientAndScore(labels, logits, new ActivationIdentity(), null, false);
        INDArray logitGradient = outcome.getSecond();
        weightGradient.assign(kept.transpose().mmul(logitGradient));
        biasGradient.assign(logitGradient.sum(0));
        INDArray gradient = logitGradient.mmul(weights.transpose());
        if (dropout != null) {
            dropout.backprop(gradient, gradient, iteration, epoch);
        }
        return new Gradient(outcome.getFirst(), gradient);
    }
}
