package dev.graft.onnx;

import java.util.List;
import java.util.Map;

/**
 * What an ONNX model says about itself.
 *
 * @param version version of Graft, the model's producer
 * @param labels the classes, in the order of the probabilities; none when the network gives features
 * @param metadata further properties, such as the preprocessing
 */
public record OnnxDescription(String version, List<String> labels, Map<String, String> metadata) {
    static final String LABELS = "labels";

    public OnnxDescription {
        labels = List.copyOf(labels);
        metadata = Map.copyOf(metadata);
        if (labels.size() == 1) {
            throw new IllegalArgumentException("Invalid labels: " + labels + " (at least two, or none)");
        }
        if (metadata.containsKey(LABELS)) {
            throw new IllegalArgumentException(
                    "Invalid metadata: " + LABELS + " (the property is written from the labels themselves)");
        }
    }
}
