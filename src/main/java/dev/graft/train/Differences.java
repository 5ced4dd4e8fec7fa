package dev.graft.train;

import dev.graft.base.LayerEntry;
import dev.graft.base.Layout;
import dev.graft.base.TrainableRules;
import dev.graft.nn.BatchNormLayer;
import dev.graft.nn.FloatArrays;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What differs between a network before and after fine-tuning, although it must not.
 *
 * @param statistics values of moving mean and moving variance, of all layers
 * @param frozenWeights values of frozen layers' weights
 */
record Differences(long statistics, long frozenWeights) {

    static Differences between(ComputationGraph before, ComputationGraph after, Layout layout, TrainableRules rules) {
        long statistics = 0;
        long frozen = 0;
        for (LayerEntry entry : layout.layers()) {
            if (entry.layer() != null) {
                Layer one = before.getLayer(entry.name());
                Layer other = after.getLayer(entry.name());
                statistics += statistics(one, other);
                frozen += rules.trainable(entry) ? 0 : weights(one, other);
            }
        }
        return new Differences(statistics, frozen);
    }

    private static long statistics(Layer one, Layer other) {
        if (one.conf().getLayer() instanceof BatchNormLayer was
                && other.conf().getLayer() instanceof BatchNormLayer is) {
            return count(was.movingMean(), is.movingMean()) + count(was.movingVariance(), is.movingVariance());
        }
        return 0;
    }

    private static long weights(Layer one, Layer other) {
        long differing = 0;
        for (Map.Entry<String, INDArray> weight : one.paramTable().entrySet()) {
            differing +=
                    count(FloatArrays.values(weight.getValue()), FloatArrays.values(other.getParam(weight.getKey())));
        }
        return differing;
    }

    private static long count(float[] some, float... others) {
        long differing = Math.abs(some.length - others.length);
        for (int i = 0; i < Math.min(some.length, others.length); i++) {
            differing += Float.floatToRawIntBits(some[i]) == Float.floatToRawIntBits(others[i]) ? 0 : 1;
        }
        return differing;
    }
}
