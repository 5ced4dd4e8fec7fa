package dev.graft.compiled;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network compiled for inference: batch norm folded into the convolution before it, dropout gone, no gradients. It is
 * immutable and shared between threads; each thread runs its own {@link ForwardPass}.
 */
public final class CompiledNetwork {
    private final List<Step> steps;
    private final long[] inputShape;
    private final PackedWeights packed = new PackedWeights();

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

    public List<Step> steps() {
        return steps;
    }

    /** Shape of one image's input. */
    public long[] inputShape() {
        return inputShape.clone();
    }

    /** Shape of one image's output. */
    public long[] outputShape() {
        return steps.get(steps.size() - 1).shape().clone();
    }

    /** Allocates what a forward pass over batches of this size needs, once. */
    public ForwardPass forwardPass(int batch) {
        if (batch < 1) {
            throw new IllegalArgumentException("Invalid batch: " + batch + " images (at least 1)");
        }
        return Nd4j.getEnvironment().isCPU() ? onOneDnn(batch) : onNd4j(batch);
    }

    /** A forward pass of oneDNN primitives, for CPUs. */
    ForwardPass onOneDnn(int batch) {
        return forwardPass(batch, new DnnProgram(steps, inputShape, batch, packed));
    }

    /** A forward pass of ND4J operations, for whatever ND4J runs on. */
    ForwardPass onNd4j(int batch) {
        return forwardPass(batch, new Nd4jProgram(steps, inputShape, batch));
    }

    private ForwardPass forwardPass(int batch, Program program) {
        int inputValues = Math.toIntExact(Step.values(inputShape));
        return new ForwardPass(program, batch, inputValues, Math.toIntExact(Step.values(outputShape())));
    }
}
