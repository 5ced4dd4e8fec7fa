package dev.graft.averaging;

import dev.graft.compiled.StepOutcome;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Takes training steps of a network in the way that suits it. */
public interface Stepper {
    ComputationGraph network();

    /** Frees what steps need beside the network. */
    void close();

    /**
     * Takes a step.
     *
     * @param inputs of the network; may be written over
     * @param labels of shape [examples, outputs]
     * @param batch examples in a step, at most
     */
    StepOutcome step(INDArray inputs, INDArray labels, int batch);
}
