package dev.graft.nn;

import java.util.List;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.jspecify.annotations.Nullable;

/** Configuration of a layer over NHWC images whose trainable weights have Keras' names, shapes and order. */
public abstract class KerasLayer extends BaseLayer {

    /** The trainable weights in Keras' order. */
    public abstract List<Weight> weights();

    @Override
    public final ParamInitializer initializer() {
        return WeightLayout.INSTANCE;
    }

    @Override
    public final boolean isPretrainParam(String name) {
        return false;
    }

    @Override
    public final void setNIn(InputType inputType, boolean override) {
        Shapes.requireImages(this, inputType);
    }

    @Override
    public final @Nullable InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        return null;
    }

    @Override
    public final LayerMemoryReport getMemoryReport(InputType inputType) {
        return Shapes.memoryReport(
                this, inputType, weights().stream().mapToLong(Weight::count).sum());
    }
}
