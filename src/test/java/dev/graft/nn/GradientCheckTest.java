package dev.graft.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** Gradients against central differences, in double precision. */
class GradientCheckTest {
    private static final double STEP = 1e-5;
    private final Random random = new Random(11);

    @Test
    void residualNetworkWithFixedBatchNorm() {
        ComputationGraph network = TestNetworks.tiny(new NoOp(), DataType.DOUBLE);
        randomizeBatchNorm(network, "bn1", "bn2", "bnr");
        check(network, doubles(3, 17, 17, 3), labels(3, 1));
    }

    @Test
    void rescalingDepthwiseConvolutionReluWithCeilingAndSoftmax() {
        GraphBuilder graph = TestNetworks.builder(new NoOp(), DataType.DOUBLE).addInputs("input");
        graph.addLayer("conv", new Conv2D(3, 4, Window.same(1, 1)), "input");
        graph.addLayer("rescaling", new Rescaling(0.5, -1), "conv");
        graph.addLayer("depthwise", new DepthwiseConv2D(4, Window.same(3, 2)), "rescaling");
        graph.addLayer("norm", new FixedBatchNorm(4, TestNetworks.EPSILON), "depthwise");
        graph.addLayer("relu", new ReLU(0.7), "norm");
        graph.addLayer("pool", new GlobalAveragePool2D(), "relu");
        graph.addLayer("head", TestNetworks.output(4, 3), "pool");
        ComputationGraph network = TestNetworks.initialized(graph, "head");
        randomizeBatchNorm(network, "norm");
        check(network, doubles(2, 7, 6, 3), labels(2, 3));
    }

    private void check(ComputationGraph network, INDArray input, INDArray labels) {
        network.setInput(0, input);
        network.setLabels(labels);
        network.computeGradientAndScore();
        double[] gradients =
                network.gradient().gradient().div(input.size(0)).data().asDouble();
        INDArray parameters = network.params();
        for (int i = 0; i < gradients.length; i++) {
            double value = parameters.getDouble(i);
            double above = score(network, i, value + STEP);
            double below = score(network, i, value - STEP);
            parameters.putScalar(i, value);
            double expected = (above - below) / (2 * STEP);
            assertThat(gradients[i]).as("gradient of parameter %d", i).isCloseTo(expected, within(1e-6));
        }
    }

    private static double score(ComputationGraph network, int parameter, double value) {
        network.params().putScalar(parameter, value);
        network.computeGradientAndScore();
        return network.score();
    }

    private void randomizeBatchNorm(ComputationGraph network, String... names) {
        for (String name : names) {
            BatchNormLayer norm = (BatchNormLayer) network.getLayer(name).conf().getLayer();
            float[] mean = new float[norm.channels()];
            float[] variance = new float[norm.channels()];
            for (int i = 0; i < mean.length; i++) {
                mean[i] = random.nextFloat() - 0.5f;
                variance[i] = 0.5f + random.nextFloat();
            }
            norm.setStatistics(mean, variance);
            network.getLayer(name).getParam(BatchNormLayer.GAMMA).assign(doubles(norm.channels()));
            network.getLayer(name).getParam(BatchNormLayer.BETA).assign(doubles(norm.channels()));
        }
    }

    private INDArray doubles(long... shape) {
        INDArray array = Nd4j.create(DataType.DOUBLE, shape);
        for (long i = 0; i < array.length(); i++) {
            array.putScalar(i, random.nextGaussian());
        }
        return array;
    }

    private INDArray labels(int examples, int outputs) {
        INDArray labels = Nd4j.create(DataType.DOUBLE, examples, outputs);
        for (int i = 0; i < examples; i++) {
            labels.putScalar(i, outputs == 1 ? 0 : i % outputs, outputs == 1 ? i % 2 : 1);
        }
        return labels;
    }
}
