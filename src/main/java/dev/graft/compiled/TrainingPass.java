package dev.graft.compiled;

import dev.graft.nn.FixedBatchNorm;
import dev.graft.nn.FloatArrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trains a network by steps of its own updater, as {@link ComputationGraph#fit} does, with gradients from compiled
 * kernels: each convolution is one with the batch norm after it, and memory is allocated once. For one thread at a time,
 * on a CPU.
 *
 * <p>The network goes from images to features [images, channels], through layers of this package with
 * {@link FixedBatchNorm}; what follows is dropout and an output layer.
 */
public final class TrainingPass implements AutoCloseable {
    private final ComputationGraph network;
    private final int batch;
    private final int inputValues;
    private final int featureCount;
    private final DnnGraph graph;
    private final Map<Operation.Origin, FoldedKernel> kernels = new LinkedHashMap<>();
    private final TrainingHead head;
    private final int forwardNodes;
    private final FloatPointer input;
    private final FloatPointer features;
    private final FloatPointer featureGradient;

    /**
     * Compiles a network for training; its parameters stay its own.
     *
     * @param featureLayer name of the layer that gives the features
     * @param batch images in one step, at most
     * @param inputShape shape of one image: height, width, channels
     */
    public TrainingPass(ComputationGraph network, String featureLayer, int batch, long... inputShape) {
        this.network = network;
        this.batch = batch;
        this.inputValues = Math.toIntExact(Step.values(inputShape));
        this.head = new TrainingHead(network, featureLayer);
        List<FusedStep> steps = Fusion.ofActivations(
                CompiledNetwork.compile(network, featureLayer, inputShape).steps());
        Natives natives = new Natives();
        this.graph = new DnnGraph(natives, natives.own(Dnn.rowMajor(Dnn.dimensions(batch, inputShape))));
        DnnLayers layers = new DnnLayers(
                graph, natives, batch, dnnl.prop_kind.forward_training, (kernel, wanted) -> Objects.requireNonNull(
                                kernels.get(kernel.origin()))
                        .packed(graph, natives, wanted));
        int[] values = new int[steps.size()];
        for (int i = 0; i < values.length; i++) {
            addKernel(steps.get(i).operation());
            values[i] = layers.add(steps.get(i), values);
        }
        this.forwardNodes = graph.size();
        int last = values[values.length - 1];
        this.featureCount = Math.toIntExact(steps.get(values.length - 1).shape()[0]);
        memory gradient = natives.own(new memory(
                natives.own(Dnn.description(new long[] {batch, featureCount, 1, 1}, memory.format_tag.nchw)),
                Dnn.engine()));
        new DnnGradients(graph, natives, layers).add(steps, values, kernels, gradient);
        DnnGraph.Placement placement = graph.place();
        this.input = natives.own(placement.pointer(Step.NETWORK_INPUT));
        this.features = natives.own(placement.pointer(last));
        this.featureGradient = natives.own(new FloatPointer(gradient.get_data_handle()));
    }

    private void addKernel(Operation operation) {
        if (operation instanceof Operation.Weighted convolution) {
            ConvolutionKernel folded = ConvolutionKernel.of(convolution);
            kernels.put(convolution.origin(), new FoldedKernel(network, folded));
        }
    }

    /** The number of images in a step, at most. */
    public int batch() {
        return batch;
    }

    /**
     * Takes a step.
     *
     * @param pixels the images one after another, each in the network's input shape, row-major
     * @param labels of shape [images, outputs]
     */
    public StepOutcome step(float[] pixels, INDArray labels) {
        StepOutcome outcome = gradients(pixels, labels);
        TrainingHead.update(network, Math.toIntExact(labels.size(0)));
        return outcome;
    }

    /**
     * Computes the gradients of the summed loss into the network's own, as
     * {@link ComputationGraph#computeGradientAndScore} does, and changes no parameter.
     *
     * @param pixels the images one after another, each in the network's input shape, row-major
     * @param labels of shape [images, outputs]
     */
    public StepOutcome gradients(float[] pixels, INDArray labels) {
        int images = Math.toIntExact(labels.size(0));
        if (images < 1 || images > batch || pixels.length < images * inputValues) {
            throw new IllegalArgumentException("Cannot train on a batch of " + images + " images in " + pixels.length
                    + " values: batches have 1 to " + batch + " images of " + inputValues + " values");
        }
        kernels.values().forEach(FoldedKernel::fold);
        ForwardPass.fill(input, pixels, images * inputValues, batch * inputValues);
        graph.run(0, forwardNodes);
        TrainingHead.Gradient gradient = head.gradients(features(images), labels);
        float[] values = FloatArrays.values(gradient.featureGradient());
        ForwardPass.fill(featureGradient, values, values.length, values.length / images * batch);
        graph.run(forwardNodes, graph.size());
        kernels.values().forEach(FoldedKernel::unfold);
        double loss = gradient.lossSum() / images;
        network.setScore(loss);
        return new StepOutcome(loss, gradient.logits());
    }

    private INDArray features(int images) {
        float[] values = new float[images * featureCount];
        features.position(0).get(values);
        return FloatArrays.matrix(values, images);
    }

    @Override
    public void close() {
        graph.close();
    }
}
