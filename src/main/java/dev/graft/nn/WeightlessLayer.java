package dev.graft.nn;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.NoParamLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Configuration of a layer over NHWC images that has no weights. */
abstract class WeightlessLayer extends NoParamLayer {

    /** What runs the layer. */
    abstract Layer runtime(NeuralNetConfiguration conf, DataType dataType);

    /** That of the input, unless a layer says otherwise. */
    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return inputType;
    }

    @Override
    public final Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialize,
            DataType dataType) {
        Layer layer = runtime(conf, dataType);
        layer.setIndex(index);
        return layer;
    }

    @Override
    public final @Nullable InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        return null;
    }

    @Override
    public final LayerMemoryReport getMemoryReport(InputType inputType) {
        return Shapes.memoryReport(this, inputType, 0);
    }
}
