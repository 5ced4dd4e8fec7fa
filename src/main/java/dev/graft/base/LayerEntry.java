package dev.graft.base;

import dev.graft.nn.FixedBatchNorm;
import dev.graft.nn.KerasLayer;
import dev.graft.nn.Weight;
import java.util.List;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.jspecify.annotations.Nullable;

/**
 * A layer of a network, in Keras' sense.
 *
 * @param name Keras' name
 * @param block the block it belongs to; the layer's own name where there is none
 * @param inputs names of the layers it reads
 * @param layer its configuration, or null for an addition
 * @param vertex the addition, or null for a layer
 * @param outputShape of one image
 */
public record LayerEntry(
        String name,
        String block,
        List<String> inputs,
        @Nullable Layer layer,
        @Nullable GraphVertex vertex,
        List<Long> outputShape) {

    /** Values that can train: all weights but the statistics of batch norm. */
    public long trainableWeights() {
        if (layer instanceof KerasLayer keras) {
            return keras.weights().stream().mapToLong(Weight::count).sum();
        }
        if (layer instanceof FeedForwardLayer dense) {
            return dense.initializer().numParams(dense);
        }
        return 0;
    }

    /** Values that never train: moving mean and moving variance of batch norm. */
    public long statistics() {
        return layer instanceof FixedBatchNorm norm ? 2L * norm.channels() : 0;
    }

    /** Keras' name of the kind of layer. */
    public String type() {
        if (vertex != null) {
            return "Add";
        }
        return layer == null ? "" : KerasNames.of(layer);
    }
}
