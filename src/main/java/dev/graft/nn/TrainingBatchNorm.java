package dev.graft.nn;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Keras' {@code BatchNormalization} in training mode (Ioffe 2015, arXiv 1502.03167): normalizes with the statistics of
 * the batch and moves its own towards them. It is for pretraining a base from nothing; fine-tuning never uses it. In
 * inference it does what {@link FixedBatchNorm} does.
 */
public final class TrainingBatchNorm extends BatchNormLayer {
    private final double momentum;

    /** @param momentum share of the old statistics that is kept at each step */
    public TrainingBatchNorm(int channels, double epsilon, double momentum) {
        super(channels, epsilon);
        this.momentum = momentum;
    }

    @JsonCreator
    TrainingBatchNorm(
            @JsonProperty("channels") int channels,
            @JsonProperty("epsilon") double epsilon,
            @JsonProperty("momentum") double momentum,
            @JsonProperty("movingMean") String movingMean,
            @JsonProperty("movingVariance") String movingVariance) {
        super(channels, epsilon, movingMean, movingVariance);
        this.momentum = momentum;
    }

    @JsonProperty("momentum")
    public double momentum() {
        return momentum;
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

    private static final class Runtime extends KerasLayerRuntime<TrainingBatchNorm> {
        Runtime(NeuralNetConfiguration conf, DataType dataType) {
            super(conf, dataType);
        }

        @Override
        long[] outputShape(long... shape) {
            return shape;
        }

        @Override
        void forward(INDArray input, INDArray output) {
            INDArray pixels = Arrays4d.asMatrix(input);
            INDArray mean =
                    training() ? mean(pixels) : Nd4j.createFromArray(layerConf().movingMean());
            INDArray variance = training()
                    ? variance(pixels, mean)
                    : Nd4j.createFromArray(layerConf().movingVariance());
            if (training()) {
                moveStatistics(mean, variance);
            }
            INDArray scale = inverseDeviation(variance).mul(weight(GAMMA));
            Kernels.scaleChannels(input, scale, output);
            Arrays4d.asMatrix(output).addiRowVector(weight(BETA).sub(mean.mul(scale)));
        }

        /** Section 3 of the paper, with the sums over the batch written as means. */
        @Override
        void backward(INDArray input, INDArray epsilon, INDArray inputGradient, WeightGradients gradients) {
            INDArray pixels = Arrays4d.asMatrix(input);
            INDArray epsilons = Arrays4d.asMatrix(epsilon);
            INDArray mean = mean(pixels);
            INDArray inverse = inverseDeviation(variance(pixels, mean));
            INDArray normalized = pixels.subRowVector(mean).muliRowVector(inverse);
            INDArray gammaGradient = gradients.of(GAMMA).assign(Kernels.channelSums(epsilons.mul(normalized)));
            INDArray betaGradient = gradients.of(BETA).assign(Kernels.channelSums(epsilons));
            long count = pixels.rows();
            INDArray gradient = epsilons.subRowVector(betaGradient.div(count))
                    .subi(normalized.muliRowVector(gammaGradient.div(count)))
                    .muliRowVector(inverse.muli(weight(GAMMA)));
            Arrays4d.asMatrix(inputGradient).assign(gradient);
        }

        private void moveStatistics(INDArray mean, INDArray variance) {
            TrainingBatchNorm layer = layerConf();
            layer.setStatistics(moved(layer.movingMean(), mean), moved(layer.movingVariance(), variance));
        }

        private float[] moved(float[] old, INDArray batch) {
            for (int i = 0; i < old.length; i++) {
                old[i] = (float) (layerConf().momentum * old[i] + (1 - layerConf().momentum) * batch.getDouble(i));
            }
            return old;
        }

        private static INDArray mean(INDArray pixels) {
            return Kernels.channelSums(pixels).divi(pixels.rows());
        }

        private static INDArray variance(INDArray pixels, INDArray mean) {
            INDArray centred = pixels.subRowVector(mean);
            return mean(centred.muli(centred));
        }

        private INDArray inverseDeviation(INDArray variance) {
            return Transforms.sqrt(variance.add(layerConf().epsilon()), false).rdivi(1);
        }
    }
}
