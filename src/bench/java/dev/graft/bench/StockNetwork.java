package dev.graft.bench;

import dev.graft.bench.PlainLayer.Addition;
import dev.graft.bench.PlainLayer.BatchNorm;
import dev.graft.bench.PlainLayer.Convolution;
import dev.graft.bench.PlainLayer.DepthwiseConvolution;
import dev.graft.bench.PlainLayer.GlobalAveragePooling;
import dev.graft.bench.PlainLayer.MaxPooling;
import dev.graft.bench.PlainLayer.Relu;
import dev.graft.bench.PlainLayer.Rescaling;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A {@link PlainNetwork} in DL4J's own layers. */
final class StockNetwork {
    private final PlainNetwork network;
    private final CNN2DFormat format;

    /** @param format of the images, from the first layer to the last */
    StockNetwork(PlainNetwork network, CNN2DFormat format) {
        this.network = network;
        this.format = format;
    }

    /** The shared batch in this network's format. */
    INDArray batch() {
        INDArray images = Nd4j.createFromArray(SharedInput.batch()).reshape('c', SharedInput.batchShape());
        return format == CNN2DFormat.NHWC ? images : images.permute(0, 3, 1, 2).dup('c');
    }

    /** Adds the layers and the input they read. */
    void addTo(GraphBuilder graph) {
        int size = SharedInput.SIZE;
        graph.addInputs(network.input());
        graph.setInputTypes(InputType.convolutional(size, size, SharedInput.CHANNELS, format));
        network.layers().forEach(layer -> add(graph, layer));
    }

    private void add(GraphBuilder graph, PlainLayer layer) {
        String[] inputs = layer.inputs().toArray(String[]::new);
        if (layer instanceof Rescaling rescaling) {
            String scaled = layer.name() + "_scale";
            graph.addVertex(scaled, new ScaleVertex(rescaling.scale()), inputs);
            graph.addVertex(layer.name(), new ShiftVertex(rescaling.offset()), scaled);
        } else if (layer instanceof Addition) {
            graph.addVertex(layer.name(), new ElementWiseVertex(ElementWiseVertex.Op.Add), inputs);
        } else {
            graph.addLayer(layer.name(), stock(layer), inputs);
        }
    }

    private org.deeplearning4j.nn.conf.layers.Layer stock(PlainLayer layer) {
        if (layer instanceof Convolution conv) {
            return convolution(conv);
        }
        if (layer instanceof DepthwiseConvolution conv) {
            return depthwise(conv);
        }
        if (layer instanceof BatchNorm norm) {
            return batchNorm(norm);
        }
        if (layer instanceof Relu) {
            return new ActivationLayer(Activation.RELU);
        }
        if (layer instanceof MaxPooling pool) {
            return new SubsamplingLayer.Builder(PoolingType.MAX)
                    .kernelSize(pool.size(), pool.size())
                    .stride(pool.stride(), pool.stride())
                    .convolutionMode(mode(pool.samePadding()))
                    .dataFormat(format)
                    .build();
        }
        if (layer instanceof GlobalAveragePooling) {
            return new GlobalPoolingLayer.Builder(PoolingType.AVG)
                    .poolingDimensions(format == CNN2DFormat.NHWC ? new int[] {1, 2} : new int[] {2, 3})
                    .build();
        }
        throw new IllegalArgumentException("Cannot build " + layer.name() + " of DL4J's own layers");
    }

    private ConvolutionLayer convolution(Convolution conv) {
        PlainKernel kernel = conv.kernel();
        return new ConvolutionLayer.Builder(kernel.size(), kernel.size())
                .stride(conv.stride(), conv.stride())
                .convolutionMode(mode(conv.samePadding()))
                .dataFormat(format)
                .nIn(kernel.inputs())
                .nOut(kernel.outputs())
                .hasBias(conv.bias().length > 0)
                .activation(Activation.IDENTITY)
                .build();
    }

    private DepthwiseConvolution2D depthwise(DepthwiseConvolution conv) {
        PlainKernel kernel = conv.kernel();
        return new DepthwiseConvolution2D.Builder(kernel.size(), kernel.size())
                .stride(conv.stride(), conv.stride())
                .convolutionMode(mode(conv.samePadding()))
                .dataFormat(format)
                .nIn(kernel.inputs())
                .nOut(kernel.inputs())
                .depthMultiplier(kernel.outputs())
                .hasBias(false)
                .activation(Activation.IDENTITY)
                .build();
    }

    private BatchNormalization batchNorm(BatchNorm norm) {
        return new BatchNormalization.Builder()
                .dataFormat(format)
                .nIn(norm.gamma().length)
                .nOut(norm.gamma().length)
                .eps(norm.epsilon())
                .useLogStd(false)
                .activation(Activation.IDENTITY)
                .build();
    }

    private static ConvolutionMode mode(boolean samePadding) {
        return samePadding ? ConvolutionMode.Same : ConvolutionMode.Truncate;
    }

    /** Copies the weights into a graph that has the layers. */
    void fill(ComputationGraph graph) {
        network.layers().forEach(layer -> fill(graph, layer));
    }

    private static void fill(ComputationGraph graph, PlainLayer layer) {
        if (layer instanceof Convolution conv) {
            set(graph, conv.name(), "W", array(conv.kernel()).permute(3, 2, 0, 1));
            if (conv.bias().length > 0) {
                set(graph, conv.name(), "b", vector(conv.bias()));
            }
        } else if (layer instanceof DepthwiseConvolution conv) {
            set(graph, conv.name(), "W", array(conv.kernel()));
        } else if (layer instanceof BatchNorm norm) {
            set(graph, norm.name(), "gamma", vector(norm.gamma()));
            set(graph, norm.name(), "beta", vector(norm.beta()));
            set(graph, norm.name(), "mean", vector(norm.mean()));
            set(graph, norm.name(), "var", vector(norm.variance()));
        }
    }

    private static void set(ComputationGraph graph, String layer, String parameter, INDArray values) {
        graph.getLayer(layer).getParam(parameter).assign(values);
    }

    private static INDArray array(PlainKernel kernel) {
        return Nd4j.createFromArray(kernel.values()).reshape('c', kernel.shape());
    }

    private static INDArray vector(float[] values) {
        return Nd4j.createFromArray(values).reshape('c', 1, values.length);
    }
}
