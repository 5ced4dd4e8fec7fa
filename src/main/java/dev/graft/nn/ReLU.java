package dev.graft.nn;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Keras' {@code ReLU(max_value)}: {@code min(max(x, 0), ceiling)}. Unlike DL4J's activation layer it never writes over
 * its input, which a residual connection may read as well.
 */
public final class ReLU extends WeightlessLayer {
    private final double ceiling;

    /** @param ceiling the largest output; infinity for none */
    public ReLU(@JsonProperty("ceiling") double ceiling) {
        if (!(ceiling > 0)) {
            throw new IllegalArgumentException("Invalid ceiling of ReLU: " + ceiling + " (above 0)");
        }
        this.ceiling = ceiling;
    }

    /** Without a ceiling. */
    public static ReLU unbounded() {
        return new ReLU(Double.POSITIVE_INFINITY);
    }

    @JsonProperty("ceiling")
    public double ceiling() {
        return ceiling;
    }

    @Override
    Layer runtime(NeuralNetConfiguration conf, DataType dataType) {
        return new Runtime(conf, dataType);
    }

    private static final class Runtime extends WeightlessRuntime<ReLU> {
        Runtime(NeuralNetConfiguration conf, DataType dataType) {
            super(conf, dataType);
        }

        @Override
        void forward(INDArray input, INDArray output) {
            Kernels.relu(layerConf().ceiling, input, output).run();
        }

        @Override
        void backward(INDArray input, INDArray epsilon, INDArray inputGradient) {
            inputGradient.assign(epsilon).muli(input.gt(0).castTo(dataType));
            if (!Double.isInfinite(layerConf().ceiling)) {
                inputGradient.muli(input.lt(layerConf().ceiling).castTo(dataType));
            }
        }
    }
}
