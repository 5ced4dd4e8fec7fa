package dev.graft.nn;

import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs a {@link KerasLayer} forward and backward; subclasses say only what their kernels do. */
abstract class KerasLayerRuntime<C extends KerasLayer> extends BaseLayer<C> {
    /** Whether the last forward pass was one of training. */
    private boolean training;

    KerasLayerRuntime(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    /** Attaches this layer to its place in the network, as {@code Layer.instantiate} must. */
    final Layer attach(int index, INDArray parameters, boolean initialize) {
        setIndex(index);
        setParamsViewArray(parameters);
        Map<String, INDArray> table = conf.getLayer().initializer().init(conf, parameters, initialize);
        setParamTable(table);
        return this;
    }

    /** Shape of the output for an input's shape, both [images, height, width, channels]. */
    abstract long[] outputShape(long... inputShape);

    abstract void forward(INDArray input, INDArray output);

    /**
     * Writes the gradients of the loss.
     *
     * @param epsilon gradient with respect to the output
     * @param inputGradient where the gradient with respect to the input goes
     * @param weightGradients where the gradients with respect to the weights go
     */
    abstract void backward(INDArray input, INDArray epsilon, INDArray inputGradient, WeightGradients weightGradients);

    final boolean training() {
        return training;
    }

    final INDArray weight(String name) {
        return getParam(name);
    }

    @Override
    public final INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        this.training = training;
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
        backward(input, Arrays4d.rowMajor(epsilon), inputGradient, new WeightGradients(gradientViews));
        Gradient gradient = new DefaultGradient(gradientsFlattened);
        gradientViews.forEach(gradient::setGradientFor);
        weightNoiseParams.clear();
        return new Pair<>(gradient, inputGradient);
    }

    @Override
    public final boolean isPretrainLayer() {
        return false;
    }

    @Override
    public final void clearNoiseWeightParams() {
        weightNoiseParams.clear();
    }

    @Override
    public final @Nullable INDArray getMaskArray() {
        return null;
    }
}
