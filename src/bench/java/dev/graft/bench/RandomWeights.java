package dev.graft.bench;

import dev.graft.pretrain.KerasWeightsWriter;
import dev.graft.base.LayerEntry;
import dev.graft.base.Layout;
import dev.graft.nn.FixedBatchNorm;
import dev.graft.nn.TrainingBatchNorm;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Seeded random weights for a base, such that activations keep to the order of one through all layers: Glorot uniform
 * kernels, and batch norm with the statistics that its input really has on some images.
 */
final class RandomWeights {
    private static final long SEED = 20261124;
    private static final int IMAGES = 8;
    /** Batch norm forgets its old statistics at once. */
    private static final double MOMENTUM = 0;

    private RandomWeights() {}

    /** Writes the weights as Keras' {@code save_weights} does. */
    static void write(Layout layout, Path file) {
        ComputationGraph network = network(layout);
        int size = layout.inputSize();
        float[] pixels = SharedInput.pixels(IMAGES);
        network.output(true, Nd4j.createFromArray(pixels).reshape('c', IMAGES, size, size, SharedInput.CHANNELS));
        KerasWeightsWriter.write(network, layout, file);
    }

    private static ComputationGraph network(Layout layout) {
        GraphBuilder graph = new NeuralNetConfiguration.Builder()
                .seed(SEED)
                .weightInit(WeightInit.XAVIER_UNIFORM)
                .graphBuilder()
                .addInputs(Layout.PIXELS);
        String last = Layout.PIXELS;
        for (LayerEntry entry : layout.layers()) {
            String[] inputs = entry.inputs().toArray(String[]::new);
            if (entry.layer() != null) {
                graph.addLayer(entry.name(), inTraining(entry.layer()), inputs);
            } else if (entry.vertex() != null) {
                graph.addVertex(entry.name(), entry.vertex().clone(), inputs);
            }
            last = entry.name();
        }
        ComputationGraph network = new ComputationGraph(graph.setOutputs(last).build());
        network.init();
        return network;
    }

    private static Layer inTraining(Layer layer) {
        return layer instanceof FixedBatchNorm norm
                ? new TrainingBatchNorm(norm.channels(), norm.epsilon(), MOMENTUM)
                : layer.clone();
    }
}
