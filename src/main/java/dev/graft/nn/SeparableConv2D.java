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

/**
 * Keras' {@code SeparableConv2D} without bias and with depth multiplier 1: a depthwise convolution
 * ({@code depthwise_kernel} of shape [size, size, inputs, 1]), then a 1x1 convolution ({@code pointwise_kernel} of
 * shape [1, 1, inputs, filters]).
 */
public final class SeparableConv2D extends KerasLayer {
    public static final String POINTWISE_KERNEL = "pointwise-kernel";
    public static final Window POINTWISE = Window.same(1, 1);

    private final int inputs;
    private final int filters;
    private final Window window;

    /**
     * @param inputs channels of the input
     * @param filters channels of the output
     * @param window window of the depthwise convolution
     */
    public SeparableConv2D(
            @JsonProperty("inputs") int inputs,
            @JsonProperty("filters") int filters,
            @JsonProperty("window") Window window) {
        this.inputs = inputs;
        this.filters = filters;
        this.window = window;
    }

    @JsonProperty("inputs")
    public int inputs() {
        return inputs;
    }

    @JsonProperty("filters")
    public int filters() {
        return filters;
    }

    @JsonProperty("window")
    public Window window() {
        return window;
    }

    @Override
    public List<Weight> weights() {
        return List.of(
                DepthwiseConv2D.kernel(window, inputs),
                Weight.kernel(POINTWISE_KERNEL, inputs, filters, 1, 1, inputs, filters));
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

    private static final class Runtime extends KerasLayerRuntime<SeparableConv2D> {
        Runtime(NeuralNetConfiguration conf, DataType dataType) {
            super(conf, dataType);
        }

        @Override
        long[] outputShape(long... shape) {
            return layerConf().window.outputShape(shape, layerConf().filters);
        }

        @Override
        void forward(INDArray input, INDArray output) {
            INDArray depthwise = depthwise(input);
            Nd4j.exec(Kernels.conv2d(POINTWISE, output, depthwise, weight(POINTWISE_KERNEL)));
        }

        /** The depthwise convolution is computed again: keeping its output would double the activations held. */
        @Override
        void backward(INDArray input, INDArray epsilon, INDArray inputGradient, WeightGradients gradients) {
            INDArray depthwise = depthwise(input);
            INDArray depthwiseGradient = Nd4j.createUninitialized(dataType, depthwise.shape(), 'c');
            INDArray[] pointwiseInputs = {depthwise, weight(POINTWISE_KERNEL), epsilon};
            Nd4j.exec(Kernels.conv2dGradients(
                    POINTWISE, pointwiseInputs, depthwiseGradient, gradients.of(POINTWISE_KERNEL)));
            INDArray[] depthwiseInputs = {input, weight(DepthwiseConv2D.KERNEL), depthwiseGradient};
            Nd4j.exec(Kernels.depthwiseConv2dGradients(
                    layerConf().window, depthwiseInputs, inputGradient, gradients.of(DepthwiseConv2D.KERNEL)));
        }

        private INDArray depthwise(INDArray input) {
            long[] shape = layerConf().window.outputShape(input.shape(), layerConf().inputs);
            INDArray depthwise = Nd4j.createUninitialized(dataType, shape, 'c');
            Nd4j.exec(Kernels.depthwiseConv2d(layerConf().window, depthwise, input, weight(DepthwiseConv2D.KERNEL)));
            return depthwise;
        }
    }
}
