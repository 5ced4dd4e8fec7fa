package dev.graft.nn;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;

/** Shapes of NHWC activations as DL4J's input types. */
final class Shapes {
    private Shapes() {}

    static InputTypeConvolutional requireImages(Layer layer, InputType inputType) {
        if (inputType instanceof InputTypeConvolutional images && images.getFormat() == CNN2DFormat.NHWC) {
            return images;
        }
        throw new IllegalStateException("Cannot connect layer " + layer.getLayerName() + ": its input is " + inputType
                + ", not images in NHWC layout");
    }

    static InputType windowed(Layer layer, InputType inputType, Window window, long channels) {
        InputTypeConvolutional images = requireImages(layer, inputType);
        int height = window.outputSize((int) images.getHeight());
        int width = window.outputSize((int) images.getWidth());
        if (height < 1 || width < 1) {
            throw new IllegalStateException("Cannot connect layer " + layer.getLayerName() + ": its window of "
                    + window.size() + " pixels does not fit into " + images.getHeight() + "x" + images.getWidth());
        }
        return InputType.convolutional(height, width, channels, CNN2DFormat.NHWC);
    }

    static LayerMemoryReport memoryReport(Layer layer, InputType inputType, long parameters) {
        return new LayerMemoryReport.Builder(
                        layer.getLayerName(), layer.getClass(), inputType, layer.getOutputType(-1, inputType))
                .standardMemory(parameters, parameters)
                .build();
    }
}
