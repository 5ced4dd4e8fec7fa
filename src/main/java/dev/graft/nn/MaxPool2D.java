package dev.graft.nn;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Keras' {@code MaxPooling2D} over NHWC images. */
public final class MaxPool2D extends WeightlessLayer {
    private final Window window;

    public MaxPool2D(@JsonProperty("window") Window window) {
        this.window = window;
    }

    @JsonProperty("window")
    public Window window() {
        return window;
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return Shapes.windowed(
                this, inputType, window, Shapes.requireImages(this, inputType).getChannels());
    }

    @Override
    Layer runtime(NeuralNetConfiguration conf, DataType dataType) {
        return new Runtime(conf, dataType);
    }

    private static final class Runtime extends WeightlessRuntime<MaxPool2D> {
        Runtime(NeuralNetConfiguration conf, DataType dataType) {
            super(conf, dataType);
        }

        @Override
        long[] outputShape(long... shape) {
            return layerConf().window.outputShape(shape, shape[3]);
        }

        @Override
        void forward(INDArray input, INDArray output) {
            Nd4j.exec(Kernels.maxPool2d(layerConf().window, input, output));
        }

        @Override
        void backward(INDArray input, INDArray epsilon, INDArray inputGradient) {
            Nd4j.exec(Kernels.maxPool2dGradient(layerConf().window, input, epsilon, inputGradient));
        }
    }
}
