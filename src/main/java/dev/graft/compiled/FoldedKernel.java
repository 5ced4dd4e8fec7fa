package dev.graft.compiled;

import dev.graft.nn.BatchNormLayer;
import dev.graft.nn.FixedBatchNorm;
import dev.graft.nn.Kernels;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.dnnl.memory;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A convolution and the batch norm after it, trained as one convolution. With the statistics m and v constant, and
 * s = gamma / sqrt(v + epsilon), the pair is a convolution with kernel K = W s and bias b = beta - m s. From the
 * gradients of K and b follow those of the parameters: dW = dK s; dbeta = db; dgamma = (sum(dK W) - m db) / sqrt(v +
 * epsilon), the sum over each output's weights.
 */
final class FoldedKernel {
    private final ConvolutionKernel folded;
    private final INDArray weights;
    private final INDArray weightGradient;
    private final @Nullable Norm norm;

    /** Parameters, gradients and statistics of the batch norm, one value for each output. */
    private record Norm(
            INDArray gamma,
            INDArray beta,
            INDArray gammaGradient,
            INDArray betaGradient,
            INDArray mean,
            INDArray inverseDeviation) {}

    /** @param folded the arrays into which the weights are folded */
    FoldedKernel(ComputationGraph network, ConvolutionKernel folded) {
        Operation.Origin origin = folded.origin();
        this.folded = folded;
        this.weights = network.getLayer(origin.layer()).getParam(origin.parameter());
        this.weightGradient = gradient(network, origin.layer(), origin.parameter());
        this.norm = origin.norm() == null ? null : norm(network, origin.norm());
    }

    ConvolutionKernel folded() {
        return folded;
    }

    private static Norm norm(ComputationGraph network, String name) {
        Layer layer = network.getLayer(name);
        FixedBatchNorm configuration = (FixedBatchNorm) layer.conf().getLayer();
        return new Norm(
                layer.getParam(BatchNormLayer.GAMMA),
                layer.getParam(BatchNormLayer.BETA),
                gradient(network, name, BatchNormLayer.GAMMA),
                gradient(network, name, BatchNormLayer.BETA),
                Nd4j.createFromArray(configuration.movingMean()),
                Nd4j.createFromArray(configuration.inverseDeviation()));
    }

    /** Where a network keeps the gradient of a parameter. */
    static INDArray gradient(ComputationGraph network, String layerName, String parameter) {
        Layer layer = network.getLayer(layerName);
        Map<String, INDArray> gradients = layer.conf()
                .getLayer()
                .initializer()
                .getGradientsFromFlattened(layer.conf(), layer.getGradientsViewArray());
        return Objects.requireNonNull(gradients.get(parameter), parameter);
    }

    /** The kernel in a layout; a node of the graph packs it, each time anew. */
    memory packed(DnnGraph graph, Natives natives, memory.desc wanted) {
        memory packed = natives.own(new memory(wanted, Dnn.engine()));
        graph.add(Dnn.copying(natives, Dnn.view(natives, folded.array(), folded.plain(natives)), packed));
        return packed;
    }

    /** Where the gradient of the folded kernel goes, in the array's layout. */
    memory kernelGradient(Natives natives) {
        return Dnn.view(natives, weightGradient, folded.plain(natives));
    }

    /** Where the gradient of the folded bias goes; null without a bias. */
    @Nullable
    memory biasGradient(Natives natives) {
        return norm == null ? null : Dnn.view(natives, norm.betaGradient(), folded.biases(natives));
    }

    /** Computes the folded kernel and bias of the parameters as they are now. */
    void fold() {
        if (norm == null) {
            folded.array().assign(weights);
        } else {
            INDArray scale = norm.gamma().mul(norm.inverseDeviation());
            Kernels.scaleOutputs(weights, scale, folded.array());
            Objects.requireNonNull(folded.bias())
                    .assign(norm.beta())
                    .subi(norm.mean().mul(scale));
        }
    }

    /** Computes the gradients of the parameters from those of the folded kernel and bias. */
    void unfold() {
        if (norm != null) {
            INDArray products = Kernels.channelSums(Kernels.outputsAsColumns(
                    weightGradient.mul(weights), norm.gamma().length()));
            norm.gammaGradient()
                    .assign(products.subi(norm.mean().mul(norm.betaGradient())).muli(norm.inverseDeviation()));
            Kernels.scaleOutputs(weightGradient, norm.gamma().mul(norm.inverseDeviation()), weightGradient);
        }
    }
}
