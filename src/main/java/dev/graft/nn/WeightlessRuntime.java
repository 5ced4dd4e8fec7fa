package dev.graft.nn;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs a {@link WeightlessLayer} forward and backward; subclasses say only what their kernels do. */
abstract class WeightlessRuntime<C extends WeightlessLayer> extends AbstractLayer<C> {

    WeightlessRuntime(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    /** Shape of the output for an input's shape [images, height, width, channels]: the same, unless a layer says otherwise. */
    long[] outputShape(long... inputShape) {
        return inputShape;
    }

    abstract void forward(INDArray input, INDArray output);

    /** Writes the gradient with respect to the input, given that with respect to the output. */
    abstract void backward(INDArray input, INDArray epsilon, INDArray inputGradient);

    @Override
    public final INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        INDArray output =
                workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, outputShape(input.shape()), 'c');
        forward(input, output);
        return output;
    }

    @Override
    public final Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        INDArray inputGradient =
                workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape(), 'c');
        backward(input, Arrays4d.rowMajor(epsilon), inputGradient);
        return new Pair<>(new DefaultGradient(), inputGradient);
    }

    @Override
    public final boolean isPretrainLayer() {
        return false;
    }

    @Override
    public final void clearNoiseWeightParams() {
        // there are no weights
    }
}
