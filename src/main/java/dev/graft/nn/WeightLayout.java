package dev.graft.nn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Lays the weights of a {@link KerasLayer} out in DL4J's flat parameter vector, each in row-major order. */
final class WeightLayout implements ParamInitializer {
    static final WeightLayout INSTANCE = new WeightLayout();

    private WeightLayout() {}

    @Override
    public long numParams(NeuralNetConfiguration conf) {
        return numParams(conf.getLayer());
    }

    @Override
    public long numParams(Layer layer) {
        return weights(layer).stream().mapToLong(Weight::count).sum();
    }

    @Override
    public List<String> paramKeys(Layer layer) {
        return weights(layer).stream().map(Weight::parameter).toList();
    }

    @Override
    public List<String> weightKeys(Layer layer) {
        return weights(layer).stream()
                .filter(Weight::isKernel)
                .map(Weight::parameter)
                .toList();
    }

    @Override
    public List<String> biasKeys(Layer layer) {
        return weights(layer).stream()
                .filter(weight -> !weight.isKernel())
                .map(Weight::parameter)
                .toList();
    }

    @Override
    public boolean isWeightParam(Layer layer, String key) {
        return weightKeys(layer).contains(key);
    }

    @Override
    public boolean isBiasParam(Layer layer, String key) {
        return biasKeys(layer).contains(key);
    }

    @Override
    public Map<String, INDArray> init(NeuralNetConfiguration conf, INDArray parameters, boolean initialize) {
        KerasLayer layer = (KerasLayer) conf.getLayer();
        Map<String, INDArray> views = views(layer, parameters);
        for (Weight weight : layer.weights()) {
            conf.addVariable(weight.parameter());
            if (initialize) {
                initialize(layer, weight, Objects.requireNonNull(views.get(weight.parameter())));
            }
        }
        return views;
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration conf, INDArray gradients) {
        return views((KerasLayer) conf.getLayer(), gradients);
    }

    private static void initialize(KerasLayer layer, Weight weight, INDArray view) {
        if (weight.isKernel()) {
            layer.getWeightInitFn().init(weight.fanIn(), weight.fanOut(), weight.shape(), 'c', view);
        } else {
            view.assign(weight.start());
        }
    }

    private static Map<String, INDArray> views(KerasLayer layer, INDArray flat) {
        Map<String, INDArray> views = new LinkedHashMap<>();
        INDArray vector = flat.reshape(flat.length());
        long start = 0;
        for (Weight weight : layer.weights()) {
            long end = start + weight.count();
            views.put(
                    weight.parameter(),
                    vector.get(NDArrayIndex.interval(start, end)).reshape('c', weight.shape()));
            start = end;
        }
        return views;
    }

    private static List<Weight> weights(Layer layer) {
        return ((KerasLayer) layer).weights();
    }
}
