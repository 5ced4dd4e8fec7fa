package dev.graft.predict;

import dev.graft.averaging.Classes;
import dev.graft.base.Layout;
import dev.graft.compiled.FrozenNetwork;
import dev.graft.onnx.OnnxDescription;
import dev.graft.onnx.OnnxExport;
import dev.graft.settings.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.learning.config.Sgd;

/** A whole network: raw pixels 0..255 in, the logits of its classes out. */
public final class Classifier {
    private static final int RGB = 3;

    private final ComputationGraph network;
    private final List<String> labels;
    private final int inputSize;

    public Classifier(ComputationGraph network, List<String> labels, int inputSize) {
        this.network = network;
        this.labels = List.copyOf(labels);
        this.inputSize = inputSize;
    }

    /**
     * Reads a DL4J zip that {@link #write} wrote. Classes that no network of Graft has are refused, not made.
     *
     * @throws InvalidInputException if it is something else, or a network for another number of classes
     * @param labels the classes, in the order of the outputs
     * @param inputSize side of the images, in pixels
     */
    public static Classifier read(InputStream zip, List<String> labels, int inputSize) throws IOException {
        ComputationGraph network = NetworkZip.read(zip);
        requireOutputs(network, labels.size());
        return new Classifier(network, labels, inputSize);
    }

    private static void requireOutputs(ComputationGraph network, int labels) {
        if (!network.getConfiguration().getNetworkOutputs().equals(List.of(Layout.LOGITS))
                || !(network.getLayer(Layout.LOGITS).conf().getLayer() instanceof OutputLayer logits)) {
            throw new InvalidInputException("Cannot read a network: its output is not the layer " + Layout.LOGITS);
        }
        if (labels < 2 || logits.getNOut() != Classes.outputs(labels)) {
            throw new InvalidInputException(
                    "Cannot read a network: it has %d logits, which do not fit %d labels (one for two classes, else one for each)"
                            .formatted(logits.getNOut(), labels));
        }
    }

    /** Writes the network as a DL4J zip, without the updater's state. */
    public void write(OutputStream zip) throws IOException {
        ModelSerializer.writeModel(network, zip, false);
    }

    /**
     * Writes the network as ONNX: raw pixels in, scaling inside, logits and probabilities out.
     *
     * @param version of this software
     * @param metadata what else the file says about itself; the labels are always in it
     */
    public void writeOnnx(OutputStream onnx, String version, Map<String, String> metadata) throws IOException {
        OnnxExport.write(frozen().compile(), new OnnxDescription(version, labels, metadata), onnx);
    }

    /**
     * Predicts from features that the base of this classifier gave: the head alone runs.
     *
     * @param examples rows with uri, label and features
     * @return a table with the columns of {@link PredictionColumns}
     */
    public Dataset<Row> predictFrom(Dataset<Row> examples) {
        OutputLayer logits =
                (OutputLayer) network.getLayer(Layout.LOGITS).conf().getLayer();
        ComputationGraph head = UpperNetwork.above(network, Layout.FEATURES, layer -> new Sgd(0), logits.getLossFn());
        return FeaturePredictor.of(head, labels).predict(examples);
    }

    public List<String> labels() {
        return labels;
    }

    /** Side of the images, in pixels. */
    public int inputSize() {
        return inputSize;
    }

    FrozenNetwork frozen() {
        return FrozenNetwork.of(network, Layout.LOGITS, inputSize, inputSize, RGB);
    }

    public ComputationGraph network() {
        return network;
    }
}
