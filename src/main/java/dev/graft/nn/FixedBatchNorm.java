package dev.graft.nn;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Keras' {@code BatchNormalization} in inference mode, forward and backward: {@code y = gamma * (x - moving_mean) /
 * sqrt(moving_variance + epsilon) + beta}. {@code gamma} and {@code beta} train, the statistics never move.
 */
public final class FixedBatchNorm extends BatchNormLayer {

    /** A layer whose statistics are mean 0 and variance 1 until {@link #setStatistics}. */
    public FixedBatchNorm(int channels, double epsilon) {
        super(channels, epsilon);
    }

    @JsonCreator
    FixedBatchNorm(
            @JsonProperty("channels") int channels,
            @JsonProperty("epsilon") double epsilon,
            @JsonProperty("movingMean") String movingMean,
            @JsonProperty("movingVariance") String movingVariance) {
        super(channels, epsilon, movingMean, movingVariance);
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialize,
            DataType dataType) {
        return new Runtime(conf, dataType).attach(index, parameters, initialize);
    }

    private static final class Runtime extends KerasLayerRuntime<FixedBatchNorm> {
        Runtime(NeuralNetConfiguration conf, DataType dataType) {
            super(conf, dataType);
        }

        @Override
        long[] outputShape(long... shape) {
            return shape;
        }

        @Override
        void forward(INDArray input, INDArray output) {
            INDArray scale = scale();
            INDArray shift = weight(BETA).sub(mean().muli(scale));
            Kernels.scaleChannels(input, scale, output);
            Arrays4d.asMatrix(output).addiRowVector(shift);
        }

        /** With the statistics constant, the layer is affine in the input, in gamma and in beta. */
        @Override
        void backward(INDArray input, INDArray epsilon, INDArray inputGradient, WeightGradients gradients) {
            INDArray epsilons = Arrays4d.asMatrix(epsilon);
            INDArray pixels = Arrays4d.asMatrix(input);
            INDArray betaGradient = gradients.of(BETA).assign(Kernels.channelSums(epsilons));
            INDArray productSum = Kernels.channelSums(epsilons.mul(pixels));
            gradients
                    .of(GAMMA)
                    .assign(productSum.subi(mean().muli(betaGradient)).muli(inverseDeviation()));
            Kernels.scaleChannels(epsilon, scale(), inputGradient);
        }

        private INDArray scale() {
            return inverseDeviation().muli(weight(GAMMA));
        }

        private INDArray mean() {
            return vector(layerConf().movingMean());
        }

        private INDArray inverseDeviation() {
            return vector(layerConf().inverseDeviation());
        }

        private INDArray vector(float[] values) {
            return Nd4j.createFromArray(values).castTo(dataType);
        }
    }
}
