package dev.graft.onnx;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.graft.compiled.CompiledNetwork;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import onnx.Onnx.ModelProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.Version;

/**
 * Writes a compiled network as an ONNX model that takes raw pixels, scaling included.
 *
 * <p>Its input is {@value #PIXELS} [N, height, width, 3], float, 0..255. With labels its outputs are {@value #LOGITS}
 * [N, outputs] and {@value #PROBABILITIES} [N, labels]; without, its output is {@value #FEATURES} in the network's own
 * shape. The labels are a JSON array in the model's property {@code labels}.
 */
public final class OnnxExport {
    public static final String PIXELS = "pixels";
    public static final String LOGITS = "logits";
    public static final String PROBABILITIES = "probabilities";
    public static final String FEATURES = "features";

    private static final int OPERATOR_SET = 13;
    private static final int RGB = 3;

    private OnnxExport() {}

    /**
     * Writes a model; the stream stays open. The same network and description give the same bytes.
     *
     * @throws IllegalArgumentException when the network doesn't take RGB images, or its outputs don't match the labels:
     *     one for two labels, else one for each
     */
    public static void write(CompiledNetwork network, OnnxDescription description, OutputStream out)
            throws IOException {
        requireImages(network.inputShape());
        if (!description.labels().isEmpty()) {
            requireLogits(network.outputShape(), description.labels());
        }
        model(network, description).writeTo(out);
    }

    private static void requireImages(long... inputShape) {
        if (inputShape.length != 3 || inputShape[2] != RGB) {
            throw new IllegalArgumentException("Cannot export network: its input has shape "
                    + Arrays.toString(inputShape) + ", not height, width and 3 channels");
        }
    }

    private static void requireLogits(long[] outputShape, List<String> labels) {
        boolean matches = outputShape.length == 1
                && (outputShape[0] == labels.size() || outputShape[0] == 1 && labels.size() == 2);
        if (!matches) {
            throw new IllegalArgumentException("Cannot export network: its output has shape "
                    + Arrays.toString(outputShape) + ", which does not match " + labels.size() + " labels " + labels);
        }
    }

    private static ModelProto model(CompiledNetwork network, OnnxDescription description) throws IOException {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(Version.IR_VERSION_2020_5_8_VALUE)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
                .setProducerName("graft")
                .setProducerVersion(description.version())
                .setDocString("Image network; its input is raw pixels, scaling is inside.")
                .setGraph(new OnnxNetwork(network, description.labels()).graph());
        for (Map.Entry<String, String> property : properties(description).entrySet()) {
            model.addMetadataProps(StringStringEntryProto.newBuilder()
                    .setKey(property.getKey())
                    .setValue(property.getValue()));
        }
        return model.build();
    }

    private static Map<String, String> properties(OnnxDescription description) throws IOException {
        Map<String, String> properties = new TreeMap<>(description.metadata());
        if (!description.labels().isEmpty()) {
            properties.put(OnnxDescription.LABELS, new ObjectMapper().writeValueAsString(description.labels()));
        }
        return properties;
    }
}
