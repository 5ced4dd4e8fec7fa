package dev.graft.train;

import dev.graft.base.Base;
import dev.graft.base.Layout;
import dev.graft.nn.LearningRate;
import dev.graft.nn.SeededDropout;
import dev.graft.predict.UpperNetwork;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** The head of the Keras guide: dropout, then a dense layer that gives logits. */
final class Head {
    static final String DROPOUT = "dropout";

    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double KERAS_EPSILON = 1e-7;

    private Head() {}

    /** An untrained head on features [examples, features]: Glorot uniform weights, Adam as Keras has it. */
    static ComputationGraph untrained(
            int features, int outputs, HeadSettings settings, LearningRate learningRate, LossSettings loss) {
        GraphBuilder graph = new NeuralNetConfiguration.Builder()
                .seed(settings.seed())
                .updater(adam(learningRate))
                .weightInit(WeightInit.XAVIER_UNIFORM)
                .graphBuilder()
                .addInputs(Layout.FEATURES);
        addTo(graph, features, outputs, new SeededDropout(settings.dropout(), settings.seed()), loss.of(outputs));
        return initialized(graph);
    }

    /** Adam as Keras has it. */
    static Adam adam(LearningRate learningRate) {
        Adam adam = new Adam(learningRate.initial(), BETA_1, BETA_2, KERAS_EPSILON);
        if (learningRate.kind() != LearningRate.Kind.CONSTANT) {
            adam.setLearningRateSchedule(learningRate);
        }
        return adam;
    }

    /** The network from raw pixels to logits: the base, then a trained head, both copied. */
    static ComputationGraph joined(Base base, ComputationGraph head) {
        GraphBuilder graph = new NeuralNetConfiguration.Builder().graphBuilder().addInputs(Layout.PIXELS);
        base.layout().addTo(graph);
        OutputLayer logits = (OutputLayer) head.getLayer(Layout.LOGITS).conf().getLayer();
        DropoutLayer dropout = (DropoutLayer) head.getLayer(DROPOUT).conf().getLayer();
        addTo(
                graph,
                Math.toIntExact(logits.getNIn()),
                Math.toIntExact(logits.getNOut()),
                (SeededDropout) dropout.getIDropout(),
                logits.getLossFn());
        ComputationGraph joined = initialized(graph);
        UpperNetwork.copy(base.network(), joined);
        UpperNetwork.copy(head, joined);
        return joined;
    }

    private static void addTo(
            GraphBuilder graph, int features, int outputs, SeededDropout dropout, ILossFunction loss) {
        OutputLayer.Builder logits = new OutputLayer.Builder(loss);
        graph.addLayer(DROPOUT, new DropoutLayer(dropout), Layout.FEATURES);
        graph.addLayer(
                Layout.LOGITS,
                logits.nIn(features)
                        .nOut(outputs)
                        .activation(Activation.IDENTITY)
                        .build(),
                DROPOUT);
        graph.setOutputs(Layout.LOGITS);
    }

    private static ComputationGraph initialized(GraphBuilder graph) {
        ComputationGraph network = new ComputationGraph(graph.build());
        network.init();
        return network;
    }
}
