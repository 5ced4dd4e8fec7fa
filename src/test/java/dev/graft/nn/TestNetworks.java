package dev.graft.nn;

import java.util.function.IntFunction;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/** Networks small enough for a test, of every layer in this package. */
public final class TestNetworks {
    public static final double EPSILON = 1e-3;

    private TestNetworks() {}

    /** The network of the reference {@code tiny_net_training}: 17x17x3 in, one logit out. */
    public static ComputationGraph tiny(IUpdater updater, DataType type) {
        return tiny(updater, type, channels -> new FixedBatchNorm(channels, EPSILON));
    }

    public static ComputationGraph tiny(IUpdater updater, DataType type, IntFunction<BatchNormLayer> batchNorm) {
        GraphBuilder graph = builder(updater, type).addInputs("input");
        graph.addLayer("conv1", new Conv2D(3, 4, Window.valid(3, 2)), "input");
        graph.addLayer("bn1", batchNorm.apply(4), "conv1");
        graph.addLayer("relu1", ReLU.unbounded(), "bn1");
        graph.addLayer("sep1", new SeparableConv2D(4, 6, Window.same(3, 1)), "relu1");
        graph.addLayer("bn2", batchNorm.apply(6), "sep1");
        graph.addLayer("pool", new MaxPool2D(Window.same(3, 2)), "bn2");
        graph.addLayer("res", new Conv2D(4, 6, Window.same(1, 2)), "relu1");
        graph.addLayer("bnr", batchNorm.apply(6), "res");
        graph.addVertex("add", new ElementWiseVertex(ElementWiseVertex.Op.Add), "pool", "bnr");
        graph.addLayer("relu2", ReLU.unbounded(), "add");
        graph.addLayer("gap", new GlobalAveragePool2D(), "relu2");
        graph.addLayer("head", output(6, 1), "gap");
        return initialized(graph, "head");
    }

    public static OutputLayer output(int inputs, int outputs) {
        return new OutputLayer.Builder(outputs == 1 ? new SigmoidCrossEntropy() : new SoftmaxCrossEntropy())
                .nIn(inputs)
                .nOut(outputs)
                .activation(Activation.IDENTITY)
                .build();
    }

    public static GraphBuilder builder(IUpdater updater, DataType type) {
        return new NeuralNetConfiguration.Builder()
                .seed(7)
                .dataType(type)
                .weightInit(WeightInit.XAVIER_UNIFORM)
                .updater(updater)
                .graphBuilder();
    }

    public static GraphBuilder builder() {
        return builder(new Sgd(0.1), DataType.FLOAT).addInputs("input");
    }

    public static ComputationGraph initialized(GraphBuilder graph, String output) {
        ComputationGraph network = new ComputationGraph(graph.setOutputs(output).build());
        network.init();
        return network;
    }
}
