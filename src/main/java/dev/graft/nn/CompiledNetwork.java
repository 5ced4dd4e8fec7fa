package dev.graft.nn;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * A network compiled for inference: batch norm folded into the convolution before it, dropout gone, no gradients. It is
 * immutable and shared between threads; each thread runs its own {@link ForwardPass}.
 */
public final class CompiledNetwork {
    private final List<Step> steps;
    private final long[] inputShape;

    CompiledNetwork(List<Step> steps, long[] inputShape) {
        this.steps = List.copyOf(steps);
        this.inputShape = inputShape.clone();
    }

    /**
     * Compiles a network up to the output of one of its layers.
     *
     * @param network a graph of this package's layers, relu, relu6, add, dropout and dense
     * @param lastLayer name of the layer whose output is wanted
     * @param inputShape shape of one image: height, width, channels; or one dimension for a head alone
     */
    public static CompiledNetwork compile(ComputationGraph network, String lastLayer, long... inputShape) {
        return new Compiler(network, inputShape).compile(lastLayer);
    }

    List<Step> steps() {
        return steps;
    }

    /** Shape of one image's input. */
    long[] inputShape() {
        return inputShape.clone();
    }

    /** Shape of one image's output. */
    public long[] outputShape() {
        return steps.get(steps.size() - 1).shape().clone();
    }

    /** Allocates what a forward pass over batches of this size needs, once. */
    public ForwardPass forwardPass(int batch) {
        return new ForwardPass(steps, inputShape, batch);
    }
}
