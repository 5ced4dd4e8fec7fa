package dev.graft.base;

import dev.graft.nn.Conv2D;
import dev.graft.nn.DepthwiseConv2D;
import dev.graft.nn.FixedBatchNorm;
import dev.graft.nn.GlobalAveragePool2D;
import dev.graft.nn.MaxPool2D;
import dev.graft.nn.ReLU;
import dev.graft.nn.Rescaling;
import dev.graft.nn.SeparableConv2D;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;

/** What Keras calls the layers of this project. */
final class KerasNames {
    private static final Map<Class<? extends Layer>, String> NAMES = Map.of(
            Conv2D.class, "Conv2D",
            DepthwiseConv2D.class, "DepthwiseConv2D",
            SeparableConv2D.class, "SeparableConv2D",
            FixedBatchNorm.class, "BatchNormalization",
            MaxPool2D.class, "MaxPooling2D",
            GlobalAveragePool2D.class, "GlobalAveragePooling2D",
            Rescaling.class, "Rescaling",
            ReLU.class, "Activation",
            DropoutLayer.class, "Dropout",
            OutputLayer.class, "Dense");

    private KerasNames() {}

    static String of(Layer layer) {
        return NAMES.getOrDefault(layer.getClass(), layer.getClass().getSimpleName());
    }
}
