package dev.graft.nn;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Keras' {@code Rescaling}: {@code x * scale + offset}, from raw pixels 0..255 to what the base was trained on. */
public final class Rescaling extends WeightlessLayer {
    private final double scale;
    private final double offset;

    public Rescaling(@JsonProperty("scale") double scale, @JsonProperty("offset") double offset) {
        this.scale = scale;
        this.offset = offset;
    }

    @JsonProperty("scale")
    public double scale() {
        return scale;
    }

    @JsonProperty("offset")
    public double offset() {
        return offset;
    }

    @Override
    Layer runtime(NeuralNetConfiguration conf, DataType dataType) {
        return new Runtime(conf, dataType);
    }

    private static final class Runtime extends WeightlessRuntime<Rescaling> {
        Runtime(NeuralNetConfiguration conf, DataType dataType) {
            super(conf, dataType);
        }

        @Override
        void forward(INDArray input, INDArray output) {
            output.assign(input).muli(layerConf().scale).addi(layerConf().offset);
        }

        @Override
        void backward(INDArray input, INDArray epsilon, INDArray inputGradient) {
            inputGradient.assign(epsilon).muli(layerConf().scale);
        }
    }
}
