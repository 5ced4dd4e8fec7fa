package dev.graft.pretrain;

import dev.graft.base.LayerEntry;
import dev.graft.base.Layout;
import dev.graft.nn.BatchNormLayer;
import dev.graft.nn.FloatArrays;
import dev.graft.nn.KerasLayer;
import dev.graft.nn.Weight;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Writes the weights of a base as Keras' {@code save_weights} lays out an HDF5 file. */
public final class KerasWeightsWriter {
    private KerasWeightsWriter() {}

    /** Writes the layers of the layout that have weights; the network may have more. */
    public static void write(ComputationGraph network, Layout layout, Path path) {
        try (WritableHdfFile file = HdfFile.write(path)) {
            List<String> names = new ArrayList<>();
            for (LayerEntry entry : layout.layers()) {
                if (network.getLayer(entry.name()) != null
                        && network.getLayer(entry.name()).conf().getLayer() instanceof KerasLayer layer) {
                    write(network, entry.name(), layer, file);
                    names.add(entry.name());
                }
            }
            file.putAttribute("layer_names", names.toArray(String[]::new));
        }
    }

    private static void write(ComputationGraph network, String name, KerasLayer layer, WritableHdfFile file) {
        WritableGroup outer = file.putGroup(name);
        WritableGroup group = outer.putGroup(name);
        List<String> names = new ArrayList<>();
        for (Weight weight : layer.weights()) {
            INDArray values = network.getLayer(name).getParam(weight.parameter());
            names.add(put(group, weight.kerasName(), nested(FloatArrays.values(values), weight.shape())));
        }
        if (layer instanceof BatchNormLayer norm) {
            names.add(put(group, "moving_mean", norm.movingMean()));
            names.add(put(group, "moving_variance", norm.movingVariance()));
        }
        outer.putAttribute("weight_names", names.toArray(String[]::new));
    }

    private static String put(WritableGroup group, String weight, Object values) {
        group.putDataset(weight + ":0", values);
        return group.getName() + "/" + weight + ":0";
    }

    /** A flat array as the nested one of the same row-major order. */
    private static Object nested(float[] values, long... shape) {
        if (shape.length == 1) {
            return values;
        }
        if (shape.length != 4) {
            throw new IllegalArgumentException("Cannot write a weight of " + shape.length + " dimensions");
        }
        float[][][][] nested = new float[(int) shape[0]][(int) shape[1]][(int) shape[2]][];
        int start = 0;
        for (float[][][] plane : nested) {
            for (float[][] row : plane) {
                for (int i = 0; i < row.length; i++) {
                    row[i] = Arrays.copyOfRange(values, start, start + (int) shape[3]);
                    start += (int) shape[3];
                }
            }
        }
        return nested;
    }
}
