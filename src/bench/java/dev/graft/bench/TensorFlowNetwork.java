package dev.graft.bench;

import dev.graft.bench.PlainLayer.Addition;
import dev.graft.bench.PlainLayer.Convolution;
import dev.graft.bench.PlainLayer.DepthwiseConvolution;
import dev.graft.bench.PlainLayer.GlobalAveragePooling;
import dev.graft.bench.PlainLayer.MaxPooling;
import dev.graft.bench.PlainLayer.Relu;
import dev.graft.bench.PlainLayer.Rescaling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** A folded {@link PlainNetwork} as a graph of TensorFlow: NHWC, kernels HWIO. */
final class TensorFlowNetwork {
    private final Ops tf;
    private final UnaryOperator<Operand<TFloat32>> holder;
    private final Placeholder<TFloat32> input;
    private final Map<String, Operand<TFloat32>> outputs = new HashMap<>();
    private final List<Operand<TFloat32>> weights = new ArrayList<>();
    private final Map<String, Operand<TFloat32>> biases = new HashMap<>();

    /**
     * Builds the network.
     *
     * @param holder what holds a weight, given its value as a constant: the constant itself, or a variable
     */
    TensorFlowNetwork(Ops tf, PlainNetwork network, UnaryOperator<Operand<TFloat32>> holder) {
        this.tf = tf;
        this.holder = holder;
        this.input = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(SharedInput.batchShape())));
        outputs.put(network.input(), input);
        network.layers().forEach(layer -> outputs.put(layer.name(), operation(layer)));
    }

    Placeholder<TFloat32> input() {
        return input;
    }

    Operand<TFloat32> output(String layer) {
        return Objects.requireNonNull(outputs.get(layer), layer);
    }

    Operand<TFloat32> bias(String convolution) {
        return Objects.requireNonNull(biases.get(convolution), convolution);
    }

    /** Kernels and biases, in the order of the layers. */
    List<Operand<TFloat32>> weights() {
        return List.copyOf(weights);
    }

    /** Adds a weight to the network. */
    Operand<TFloat32> weight(float[] values, long... shape) {
        Operand<TFloat32> weight = holder.apply(tf.constant(Shape.of(shape), DataBuffers.of(values)));
        weights.add(weight);
        return weight;
    }

    private Operand<TFloat32> operation(PlainLayer layer) {
        Operand<TFloat32> x = output(layer.inputs().get(0));
        if (layer instanceof Rescaling rescaling) {
            return tf.math.add(tf.math.mul(x, tf.constant(rescaling.scale())), tf.constant(rescaling.offset()));
        }
        if (layer instanceof Convolution conv) {
            return convolution(x, conv);
        }
        if (layer instanceof DepthwiseConvolution conv) {
            Operand<TFloat32> kernel = kernel(conv.kernel());
            return tf.nn.depthwiseConv2dNative(x, kernel, strides(conv.stride()), padding(conv.samePadding()));
        }
        if (layer instanceof Relu) {
            return tf.nn.relu(x);
        }
        if (layer instanceof MaxPooling pool) {
            return maxPooling(x, pool);
        }
        if (layer instanceof Addition) {
            return tf.math.add(x, output(layer.inputs().get(1)));
        }
        if (layer instanceof GlobalAveragePooling) {
            return tf.math.mean(x, tf.constant(new int[] {1, 2}));
        }
        throw new IllegalArgumentException("Cannot build " + layer.name() + " in TensorFlow: fold the network first");
    }

    private Operand<TFloat32> convolution(Operand<TFloat32> x, Convolution conv) {
        Operand<TFloat32> kernel = kernel(conv.kernel());
        Operand<TFloat32> convolved = tf.nn.conv2d(x, kernel, strides(conv.stride()), padding(conv.samePadding()));
        if (conv.bias().length == 0) {
            return convolved;
        }
        Operand<TFloat32> bias = weight(conv.bias(), conv.bias().length);
        biases.put(conv.name(), bias);
        return tf.nn.biasAdd(convolved, bias);
    }

    private Operand<TFloat32> maxPooling(Operand<TFloat32> x, MaxPooling pool) {
        Operand<TInt32> size = tf.constant(new int[] {1, pool.size(), pool.size(), 1});
        Operand<TInt32> stride = tf.constant(new int[] {1, pool.stride(), pool.stride(), 1});
        return tf.nn.maxPool(x, size, stride, padding(pool.samePadding()));
    }

    private Operand<TFloat32> kernel(PlainKernel kernel) {
        return weight(kernel.values(), kernel.shape());
    }

    private static List<Long> strides(long stride) {
        return List.of(1L, stride, stride, 1L);
    }

    private static String padding(boolean same) {
        return same ? "SAME" : "VALID";
    }
}
