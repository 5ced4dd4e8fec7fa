package dev.graft.bench;

import dev.graft.bench.PlainLayer.BatchNorm;
import dev.graft.bench.PlainLayer.Convolution;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A network in plain Java, weights included: what contenders that know nothing of Graft build theirs from.
 *
 * @param input name of the network's input, which is in no layer
 * @param layers each after those it reads
 * @param features values of the last layer's output
 */
record PlainNetwork(String input, List<PlainLayer> layers, int features) implements Serializable {

    void save(Path file) throws IOException {
        try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(file))) {
            out.writeObject(this);
        }
    }

    static PlainNetwork load(Path file) throws IOException {
        try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(file))) {
            return (PlainNetwork) in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException("Cannot read network " + file, e);
        }
    }

    PlainLayer last() {
        return layers.get(layers.size() - 1);
    }

    /** The convolution that {@link TrainingOutput} compares by. */
    String probedConvolution() {
        List<String> convolutions = layers.stream()
                .filter(Convolution.class::isInstance)
                .map(PlainLayer::name)
                .toList();
        return convolutions.get(TrainingOutput.probed(convolutions.size()));
    }

    /** This network without batch norm: each is folded into the convolution that it alone reads. */
    PlainNetwork folded() {
        Map<String, Integer> indexOf = new HashMap<>();
        List<PlainLayer> folded = new ArrayList<>();
        for (PlainLayer layer : layers) {
            if (layer instanceof BatchNorm norm) {
                int index = index(indexOf, norm.inputs().get(0));
                folded.set(index, fold(folded.get(index), norm));
                indexOf.put(norm.name(), index);
            } else {
                indexOf.put(layer.name(), folded.size());
                folded.add(layer);
            }
        }
        return new PlainNetwork(input, folded, features);
    }

    private static int index(Map<String, Integer> indexOf, String layer) {
        Integer index = indexOf.get(layer);
        if (index == null) {
            throw new IllegalArgumentException("Cannot fold into " + layer + ": there is no such layer before it");
        }
        return index;
    }

    /** The folded layer has the name of the batch norm, which is what others read. */
    private static Convolution fold(PlainLayer layer, BatchNorm norm) {
        if (layer instanceof Convolution conv && conv.bias().length == 0) {
            return new Convolution(
                    norm.name(),
                    conv.inputs(),
                    conv.kernel().scaled(norm.scale()),
                    norm.shift(),
                    conv.stride(),
                    conv.samePadding());
        }
        throw new IllegalArgumentException(
                "Cannot fold " + norm.name() + ": " + layer.name() + " is not a convolution without bias");
    }
}
