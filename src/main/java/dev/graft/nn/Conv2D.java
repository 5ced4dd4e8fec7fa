package dev.graft.nn;

import java.util.Collection;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Keras' {@code Conv2D} without bias: NHWC images, {@code kernel} of shape [size, size, inputs, filters]. */
public final class Conv2D extends KerasLayer {
    public static final String KERNEL = "kernel";

    private final int inputs;
    private final int filters;
    private final Window window;

    /**
     * @param inputs channels of the input
     * @param filters channels of the output
     */
    public Conv2D(
            @JsonProperty("inputs") int inputs,
            @JsonProperty("filters") int filters,
            @JsonProperty("window") Window window) {
        this.inputs = inputs;
        this.filters = filters;
        this.window = window;
    }

    @JsonProperty("window")
    public Window window() {
        return window;
    }

    @JsonProperty("inputs")
    public int inputs() {
        return inputs;
    }

    @JsonProperty("filters")
    public int filters() {
        return filters;
    }

    @Override
    public List<Weight> weights() {
        long area = (long) window.size() * window.size();
        return List.of(
                Weight.kernel(KERNEL, area * inputs, area * filters, window.size(), window.size(), inputs, filters));
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return Shapes.windowed(this, inputType, window, filters);
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

    private static final class Runtime extends KerasLayerRuntime<Conv2D> {
        Runtime(NeuralNetConfiguration conf, DataType dataType) {
            super(conf, dataType);
        }

        @Override
        long[] outputShape(long... shape) {
            return layerConf().window.outputShape(shape, layerConf().filters);
        }

        @Override
        void forward(INDArray input, INDArray output) {
            Nd4j.exec(Kernels.conv2d(layerConf().window, output, input, weight(KERNEL)));
        }

        @Override
        void backward(INDArray input, INDArray epsilon, INDArray inputGradient, WeightGradients gradients) {
            INDArray[] inputs = {input, weight(KERNEL), epsilon};
            Nd4j.exec(Kernels.conv2dGradients(layerConf().window, inputs, inputGradient, gradients.of(KERNEL)));
        }
    }
}
