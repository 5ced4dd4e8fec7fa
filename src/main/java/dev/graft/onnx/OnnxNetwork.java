package dev.graft.onnx;

import dev.graft.compiled.CompiledNetwork;
import dev.graft.compiled.Step;
import java.util.Arrays;
import java.util.List;
import onnx.Onnx.GraphProto;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The ONNX graph of a compiled network: from NHWC pixels to NCHW, the steps, and probabilities where there are labels.
 */
final class OnnxNetwork {
    private static final String IMAGES = "images";

    private final OnnxGraph graph = new OnnxGraph();
    private final OnnxOperations operations = new OnnxOperations(graph);
    private final CompiledNetwork network;
    private final List<String> labels;

    OnnxNetwork(CompiledNetwork network, List<String> labels) {
        this.network = network;
        this.labels = labels;
    }

    GraphProto graph() {
        graph.input(OnnxExport.PIXELS, "RGB images, raw pixels 0..255", network.inputShape());
        graph.add("Transpose", IMAGES, List.of(OnnxExport.PIXELS), OnnxGraph.integers("perm", 0, 3, 1, 2));
        addSteps();
        if (labels.isEmpty()) {
            graph.output(OnnxExport.FEATURES, "Features of each image", network.outputShape());
        } else {
            graph.output(OnnxExport.LOGITS, "Logits of each image", network.outputShape());
            addProbabilities();
            graph.output(OnnxExport.PROBABILITIES, "Probabilities of the labels, in their order", labels.size());
        }
        return graph.build();
    }

    private void addSteps() {
        List<Step> steps = network.steps();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            int first = step.inputs()[0];
            long[] inputShape = first == Step.NETWORK_INPUT
                    ? network.inputShape()
                    : steps.get(first).shape();
            List<String> inputs =
                    Arrays.stream(step.inputs()).mapToObj(this::tensor).toList();
            operations.add(tensor(i), step.operation(), inputShape, inputs);
        }
        if (isImages(network.outputShape())) {
            List<String> last = List.of(tensor(steps.size() - 1));
            graph.add("Transpose", OnnxExport.FEATURES, last, OnnxGraph.integers("perm", 0, 2, 3, 1));
        }
    }

    /** Name of the tensor that a step writes; the last writes the model's output, unless that is to be NHWC again. */
    private String tensor(int step) {
        if (step == Step.NETWORK_INPUT) {
            return IMAGES;
        }
        boolean last = step == network.steps().size() - 1 && !isImages(network.outputShape());
        if (last) {
            return labels.isEmpty() ? OnnxExport.FEATURES : OnnxExport.LOGITS;
        }
        return "step_" + step;
    }

    private static boolean isImages(long... shape) {
        return shape.length == 3;
    }

    /** Softmax of one logit for each label; a single logit x is the second label's, softmax(0, x) being its sigmoid. */
    private void addProbabilities() {
        String scores = OnnxExport.LOGITS;
        if (network.outputShape()[0] == 1) {
            String isSecond = graph.constant("is_second", Nd4j.createFromArray(0f, 1f));
            scores = graph.add("Mul", "scores", List.of(OnnxExport.LOGITS, isSecond));
        }
        graph.add("Softmax", OnnxExport.PROBABILITIES, List.of(scores), OnnxGraph.integer("axis", 1));
    }
}
