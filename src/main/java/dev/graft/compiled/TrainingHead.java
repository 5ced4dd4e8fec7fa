package dev.graft.compiled;

import dev.graft.nn.FloatArrays;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * What follows the features of a network that trains: dropout, if there is any, and the output layer with its loss. Its
 * steps are those of {@link ComputationGraph#fit}, without what that does beside the arithmetic, which for a head is
 * most of the time.
 */
public final class TrainingHead {
    private static final String WORKSPACE_ID = "head step";

    /** The memory of a step's arrays, used again by the next. */
    private static final WorkspaceConfiguration WORKSPACE = WorkspaceConfiguration.builder()
            .policyAllocation(AllocationPolicy.OVERALLOCATE)
            .overallocationLimit(1.0)
            .policyLearning(LearningPolicy.FIRST_LOOP)
            .build();

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
     * @param logits one example after another
     * @param featureGradient of that sum, [examples, features]
     */
    record Gradient(double lossSum, float[] logits, INDArray featureGradient) {}

    /** The head that a network is from its only input on. */
    public static TrainingHead alone(ComputationGraph network) {
        return new TrainingHead(
                network, network.getConfiguration().getNetworkInputs().get(0));
    }

    /**
     * Finds the head of a network.
     *
     * @param featureLayer name of the layer, or of the network's input, that gives the features
     */
    TrainingHead(ComputationGraph network, String featureLayer) {
        this.network = network;
        if (network.getFlattenedGradients() == null) {
            network.initGradientsView();
        }
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

    /**
     * Takes a step of a network that is a head alone.
     *
     * @param features of shape [examples, features]; written over
     * @param labels of shape [examples, outputs]
     */
    public StepOutcome step(INDArray features, INDArray labels) {
        int examples = Math.toIntExact(features.size(0));
        try (MemoryWorkspace step = Nd4j.getWorkspaceManager().getAndActivateWorkspace(WORKSPACE, WORKSPACE_ID)) {
            Output output = output(features, labels);
            double loss = output.lossSum() / examples;
            network.setScore(loss);
            update(network, examples);
            return new StepOutcome(loss, output.logits());
        }
    }

    /** What a solver of DL4J's does with gradients that are sums over examples. */
    static void update(ComputationGraph network, int examples) {
        ComputationGraphConfiguration configuration = network.getConfiguration();
        network.getUpdater()
                .update(
                        new DefaultGradient(network.getFlattenedGradients()),
                        configuration.getIterationCount(),
                        configuration.getEpochCount(),
                        examples,
                        LayerWorkspaceMgr.noWorkspaces());
        INDArray parameters = network.params();
        parameters.subi(network.getFlattenedGradients().reshape(parameters.shape()));
        configuration.setIterationCount(configuration.getIterationCount() + 1);
    }

    /** Computes the loss, the gradients of the head's parameters into the network's own, and that of the features. */
    Gradient gradients(INDArray features, INDArray labels) {
        Output output = output(features, labels);
        INDArray gradient = output.logitGradient().mmul(weights.transpose());
        if (dropout != null) {
            dropout.backprop(gradient, gradient, network.getIterationCount(), network.getEpochCount());
        }
        return new Gradient(output.lossSum(), output.logits(), gradient);
    }

    /** The loss of a batch and its gradient by the logits; the gradients of the parameters are where they belong. */
    private record Output(double lossSum, float[] logits, INDArray logitGradient) {}

    private Output output(INDArray features, INDArray labels) {
        INDArray kept = dropout == null
                ? features
                : dropout.applyDropout(
                        features,
                        features,
                        network.getIterationCount(),
                        network.getEpochCount(),
                        LayerWorkspaceMgr.noWorkspaces());
        INDArray logits = kept.mmul(weights).addiRowVector(bias);
        Pair<Double, INDArray> outcome =
                loss.computeGradientAndScore(labels, logits, new ActivationIdentity(), null, false);
        INDArray logitGradient = outcome.getSecond();
        Nd4j.gemm(kept, logitGradient, weightGradient, true, false, 1, 0);
        logitGradient.sum(biasGradient, 0);
        return new Output(outcome.getFirst(), FloatArrays.values(logits), logitGradient);
    }
}
