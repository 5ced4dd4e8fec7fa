package dev.graft.bench;

import dev.graft.base.Base;
import dev.graft.base.LayerEntry;
import dev.graft.base.Layout;
import dev.graft.nn.Conv2D;
import dev.graft.nn.FixedBatchNorm;
import dev.graft.nn.GlobalAveragePool2D;
import dev.graft.nn.MaxPool2D;
import dev.graft.nn.ReLU;
import dev.graft.nn.Rescaling;
import dev.graft.nn.SeparableConv2D;
import dev.graft.nn.Weight;
import dev.graft.nn.Window;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.Layer;

/** Copies a base into a {@link PlainNetwork}. */
final class PlainCopy {
    private final Base base;
    private final List<PlainLayer> layers = new ArrayList<>();

    private PlainCopy(Base base) {
        this.base = base;
    }

    static PlainNetwork of(Base base) {
        PlainCopy copy = new PlainCopy(base);
        base.layout().layers().forEach(copy::add);
        return new PlainNetwork(Layout.PIXELS, copy.layers, base.layout().features());
    }

    private void add(LayerEntry entry) {
        if (entry.layer() == null) {
            layers.add(new PlainLayer.Addition(entry.name(), entry.inputs()));
        } else {
            add(entry.name(), entry.inputs(), entry.layer());
        }
    }

    private void add(String name, List<String> inputs, Layer layer) {
        if (layer instanceof Conv2D conv) {
            PlainKernel kernel = kernel(name, conv.weights().get(0));
            layers.add(convolution(name, inputs, kernel, conv.window()));
        } else if (layer instanceof SeparableConv2D conv) {
            addSeparable(name, inputs, conv);
        } else if (layer instanceof FixedBatchNorm) {
            layers.add(batchNorm(name, inputs));
        } else if (layer instanceof MaxPool2D pool) {
            Window window = pool.window();
            layers.add(new PlainLayer.MaxPooling(name, inputs, window.size(), window.stride(), isSame(window)));
        } else if (layer instanceof GlobalAveragePool2D) {
            layers.add(new PlainLayer.GlobalAveragePooling(name, inputs));
        } else if (layer instanceof Rescaling rescaling) {
            layers.add(new PlainLayer.Rescaling(name, inputs, (float) rescaling.scale(), (float) rescaling.offset()));
        } else if (layer instanceof ReLU relu && Double.isInfinite(relu.ceiling())) {
            layers.add(new PlainLayer.Relu(name, inputs));
        } else {
            throw new IllegalArgumentException(
                    "Cannot copy layer " + name + ": " + layer.getClass().getName() + " is not in Xception");
        }
    }

    private void addSeparable(String name, List<String> inputs, SeparableConv2D conv) {
        String depthwise = name + "_depthwise";
        Window window = conv.window();
        layers.add(new PlainLayer.DepthwiseConvolution(
                depthwise, inputs, kernel(name, conv.weights().get(0)), window.stride(), isSame(window)));
        layers.add(convolution(
                name, List.of(depthwise), kernel(name, conv.weights().get(1)), Window.same(1, 1)));
    }

    private static PlainLayer convolution(String name, List<String> inputs, PlainKernel kernel, Window window) {
        return new PlainLayer.Convolution(name, inputs, kernel, new float[0], window.stride(), isSame(window));
    }

    private PlainLayer batchNorm(String name, List<String> inputs) {
        FixedBatchNorm norm =
                (FixedBatchNorm) base.network().getLayer(name).conf().getLayer();
        return new PlainLayer.BatchNorm(
                name,
                inputs,
                values(name, norm.weights().get(0)),
                values(name, norm.weights().get(1)),
                norm.movingMean(),
                norm.movingVariance(),
                norm.epsilon());
    }

    private PlainKernel kernel(String layer, Weight weight) {
        long[] shape = weight.shape();
        return new PlainKernel(values(layer, weight), (int) shape[0], (int) shape[2], (int) shape[3]);
    }

    private float[] values(String layer, Weight weight) {
        return base.network()
                .getLayer(layer)
                .getParam(weight.parameter())
                .dup('c')
                .data()
                .asFloat();
    }

    private static boolean isSame(Window window) {
        return window.padding() == Window.Padding.SAME;
    }
}
