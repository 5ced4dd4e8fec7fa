package dev.graft.nn;

import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.NoParamLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.jspecify.annotations.Nullable;

/** Configuration of a layer over NHWC images that has no weights. */
abstract class WeightlessLayer extends NoParamLayer {

    @Override
    public final @Nullable InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        return null;
    }

    @Override
    public final LayerMemoryReport getMemoryReport(InputType inputType) {
        return Shapes.memoryReport(this, inputType, 0);
    }
}
