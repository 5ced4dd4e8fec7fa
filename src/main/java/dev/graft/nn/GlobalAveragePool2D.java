package dev.graft.nn;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Keras' {@code GlobalAveragePooling2D}: NHWC images to [images, channels]. */
public final class GlobalAveragePool2D extends WeightlessLayer {

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return InputType.feedForward(Shapes.requireImages(this, inputType).getChannels());
    }

    @Override
    Layer runtime(NeuralNetConfiguration conf, DataType dataType) {
        return new Runtime(conf, dataType);
    }

    private static final class Runtime extends WeightlessRuntime<GlobalAveragePool2D> {
        Runtime(NeuralNetConfiguration conf, DataType dataType) {
            super(conf, dataType);
        }

        @Override
        long[] outputShape(long... shape) {
            return new long[] {shape[0], shape[3]};
        }

        @Override
        void forward(INDArray input, INDArray output) {
            output.assign(pixels(input).mean(1));
        }

        @Override
        void backward(INDArray input, INDArray epsilon, INDArray inputGradient) {
            INDArray share = epsilon.div(input.size(1) * input.size(2)).reshape(input.size(0), 1, input.size(3));
            Nd4j.exec(Kernels.repeatOverPixels(share, pixels(inputGradient)));
        }

        /** [images, pixels, channels]. */
        private static INDArray pixels(INDArray images) {
            return images.reshape('c', images.size(0), images.size(1) * images.size(2), images.size(3));
        }
    }
}
