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
 * Keras' {@code DepthwiseConv2D} without bias and with depth multiplier 1: NHWC images, {@code depthwise_kernel} of
 * shape [size, size, channels, 1].
 */
public final class DepthwiseConv2D extends KerasLayer {
    public static final String KERNEL = "depthwise-kernel";

    private final int channels;
    private final Window window;

    /** @param channels channels of the input and of the output */
    public DepthwiseConv2D(@JsonProperty("channels") int channels, @JsonProperty("window") Window window) {
        this.channels = channels;
        this.window = window;
    }

    @JsonProperty("channels")
    public int channels() {
        return channels;
    }

    @JsonProperty("window")
    public Window window() {
        return window;
    }

    static Weight kernel(Window window, int channels) {
        long area = (long) window.size() * window.size();
        return Weight.kernel(KERNEL, area * channels, area, window.size(), window.size(), channels, 1);
    }

    @Override
    public List<Weight> weights() {
        return List.of(kernel(window, channels));
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return Shapes.windowed(this, inputType, window, channels);
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

    private static final class Runtime extends KerasLayerRuntime<DepthwiseConv2D> {
        Runtime(NeuralNetConfiguration conf, DataType dataType) {
            super(conf, dataType);
        }

        @Override
        long[] outputShape(long... shape) {
            return layerConf().window.outputShape(shape, layerConf().channels);
        }

        @Override
        void forward(INDArray input, INDArray output) {
            Nd4j.exec(Kernels.depthwiseConv2d(layerConf().window, output, input, weight(KERNEL)));
        }

        @Override
        void backward(INDArray input, INDArray epsilon, INDArray inputGradient, WeightGradients gradients) {
            INDArray[] inputs = {input, weight(KERNEL), epsilon};
            Nd4j.exec(
                    Kernels.depthwiseConv2dGradients(layerConf().window, inputs, inputGradient, gradients.of(KERNEL)));
        }
    }
}
