package dev.graft.bench;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** One DL4J graph's training steps on the shared batch. */
final class GraphTraining implements Worker {
    private final ComputationGraph graph;
    private final String shift;
    private final INDArray pixels;
    private final INDArray labels = Nd4j.createFromArray(SharedInput.labels()).reshape(SharedInput.BATCH, 1);

    /**
     * @param graph ready to be trained
     * @param pixels the shared batch in the graph's format
     * @param shift name in gradients of what {@link TrainingOutput} compares
     */
    GraphTraining(ComputationGraph graph, INDArray pixels, String shift) {
        this.graph = graph;
        this.pixels = pixels;
        this.shift = shift;
    }

    /** DL4J's gradients are sums over the images; its loss is their mean. */
    @Override
    public float[] output() {
        graph.setInputs(pixels);
        graph.setLabels(labels);
        graph.computeGradientAndScore();
        INDArray gradient = graph.gradient().getGradientFor(shift).div(SharedInput.BATCH);
        return TrainingOutput.of((float) graph.score(), gradient.dup('c').data().asFloat());
    }

    @Override
    public double work() {
        graph.fit(new DataSet(pixels, labels));
        return SharedInput.BATCH;
    }

    @Override
    public void close() {
        graph.close();
    }
}
