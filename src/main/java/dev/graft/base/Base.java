package dev.graft.base;

import dev.graft.compiled.FrozenNetwork;
import dev.graft.nn.Devices;
import dev.graft.onnx.OnnxDescription;
import dev.graft.onnx.OnnxExport;
import dev.graft.settings.UriCredentials;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** A pretrained base with its weights: raw pixels in, features out. */
public final class Base {
    private static final int RGB = 3;

    private final Layout layout;
    private final ComputationGraph network;
    private final String digest;
    private final String origin;

    private Base(Layout layout, ComputationGraph network, String digest, String origin) {
        this.layout = layout;
        this.network = network;
        this.digest = digest;
        this.origin = origin;
    }

    /** Opens the base that the settings name; its weights are checked against the network, and their digest if given. */
    public static Base open(BaseSettings settings, Configuration hadoop) {
        Devices.requireBackend();
        Layout layout = settings.layout();
        try (WeightsFile file = WeightsFile.open(settings, hadoop);
                KerasWeights weights = KerasWeights.open(file.path(), file.origin())) {
            ComputationGraph network = untrained(layout);
            new WeightAssignment(weights, layout).fill(network, file.origin());
            return new Base(layout, network, file.digest(), file.uri());
        }
    }

    /** The network of a layout before weights are loaded into it: Glorot uniform kernels, batch norm that changes nothing. */
    public static ComputationGraph untrained(Layout layout) {
        GraphBuilder graph = new NeuralNetConfiguration.Builder().graphBuilder().addInputs(Layout.PIXELS);
        layout.addTo(graph);
        ComputationGraph network =
                new ComputationGraph(graph.setOutputs(Layout.FEATURES).build());
        network.init();
        return network;
    }

    public Layout layout() {
        return layout;
    }

    /** Digest of the weights file, {@code sha256:…}. */
    public String digest() {
        return digest;
    }

    /** URI of the weights file without user info, for it is written down; empty for bundled weights. */
    public String origin() {
        return UriCredentials.redactedUri(origin);
    }

    /** The network from raw pixels [images, height, width, 3] to features [images, features]. */
    public ComputationGraph network() {
        return network;
    }

    /**
     * Writes the base as ONNX: raw pixels in, scaling inside, features out.
     *
     * @param version of this software
     * @param metadata what the file says about itself
     */
    public void writeOnnx(OutputStream onnx, String version, Map<String, String> metadata) throws IOException {
        OnnxExport.write(frozen().compile(), new OnnxDescription(version, List.of(), metadata), onnx);
    }

    /** The base as it travels to executors. */
    public FrozenNetwork frozen() {
        return FrozenNetwork.of(network, Layout.FEATURES, layout.inputSize(), layout.inputSize(), RGB);
    }
}
