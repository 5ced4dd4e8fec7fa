package dev.graft.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Class weights and label smoothing by the definitions of Keras' losses, from probabilities. */
class LossTest {
    private static final double TOLERANCE = 1e-9;

    private final double[][] logits = {{1.5, -0.5, 0.25}, {-2, 0.75, 3}};
    private final double[][] labels = {{0, 1, 0}, {0, 0, 1}};

    @Test
    void softmaxSmoothsTowardsUniformAndWeighsByClass() {
        double[] weights = {1, 2, 0.5};
        double smoothing = 0.1;
        double expected = 0;
        for (int i = 0; i < logits.length; i++) {
            double sum = 0;
            for (double logit : logits[i]) {
                sum += Math.exp(logit);
            }
            for (int j = 0; j < 3; j++) {
                double label = labels[i][j] * (1 - smoothing) + smoothing / 3;
                expected -= weights[i == 0 ? 1 : 2] * label * Math.log(Math.exp(logits[i][j]) / sum);
            }
        }

        assertThat(score(new SoftmaxCrossEntropy(weights, smoothing), labels, logits))
                .isCloseTo(expected, within(TOLERANCE));
    }

    @Test
    void sigmoidSmoothsTowardsOneHalfAndWeighsByClass() {
        double[][] binary = {{1}, {0}};
        double[][] logit = {{-0.5}, {2}};
        double positive = 1 / (1 + Math.exp(0.5));
        double negative = 1 / (1 + Math.exp(-2));
        double expected = -3 * (0.9 * Math.log(positive) + 0.1 * Math.log(1 - positive))
                - 0.25 * (0.1 * Math.log(negative) + 0.9 * Math.log(1 - negative));

        assertThat(score(new SigmoidCrossEntropy(new double[] {0.25, 3}, 0.2), binary, logit))
                .isCloseTo(expected, within(TOLERANCE));
    }

    @Test
    void gradientsAreThoseOfTheLoss() {
        assertGradient(new SoftmaxCrossEntropy(new double[] {1, 2, 0.5}, 0.1), labels, logits);
        assertGradient(new SigmoidCrossEntropy(new double[] {0.25, 3}, 0.2), new double[][] {{1}, {0}}, new double[][] {
            {-0.5}, {2}
        });
    }

    @Test
    void weightsAndSmoothingSurviveTheConfigurationAndOldOnesHaveNone() {
        SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(new double[] {1, 2, 0.5}, 0.1);
        GraphBuilder graph = TestNetworks.builder();
        graph.addLayer(
                "out",
                new OutputLayer.Builder(loss)
                        .nIn(2)
                        .nOut(3)
                        .activation(Activation.IDENTITY)
                        .build(),
                "input");
        String json = graph.setOutputs("out").build().toJson();

        assertThat(lossOf(json)).isEqualTo(loss).isNotEqualTo(new SoftmaxCrossEntropy());
        String old = json.replaceAll("\"classWeights\"\\s*:\\s*\\[[^]]*],?", "")
                .replaceAll("\"labelSmoothing\"\\s*:\\s*[0-9.]+,?", "")
                .replaceAll(",(\\s*})", "$1");
        assertThat(old).doesNotContain("labelSmoothing");
        assertThat(lossOf(old)).isEqualTo(new SoftmaxCrossEntropy());
    }

    private static Object lossOf(String json) {
        ComputationGraphConfiguration read = ComputationGraphConfiguration.fromJson(json);
        return ((OutputLayer) ((org.deeplearning4j.nn.conf.graph.LayerVertex)
                                read.getVertices().get("out"))
                        .getLayerConf()
                        .getLayer())
                .getLossFn();
    }

    private static double score(LogitsLoss loss, double[][] labels, double[][] logits) {
        return loss.computeScore(Nd4j.create(labels), Nd4j.create(logits), new ActivationIdentity(), null, false);
    }

    private static void assertGradient(LogitsLoss loss, double[][] labels, double[][] logits) {
        INDArray gradient =
                loss.computeGradient(Nd4j.create(labels), Nd4j.create(logits), new ActivationIdentity(), null);
        double step = 1e-6;
        for (int i = 0; i < logits.length; i++) {
            for (int j = 0; j < logits[i].length; j++) {
                double value = logits[i][j];
                logits[i][j] = value + step;
                double above = score(loss, labels, logits);
                logits[i][j] = value - step;
                double below = score(loss, labels, logits);
                logits[i][j] = value;
                assertThat(gradient.getDouble(i, j)).isCloseTo((above - below) / (2 * step), within(1e-6));
            }
        }
    }
}
