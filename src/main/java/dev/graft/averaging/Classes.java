package dev.graft.averaging;

import dev.graft.forward.ImageValues;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.api.java.JavaRDD;

/** The classes in the order of a network's outputs. */
public final class Classes implements Serializable {
    private static final long serialVersionUID = 1;

    private final List<String> labels;
    private final Map<String, Integer> indices = new HashMap<>();

    public Classes(List<String> labels) {
        this.labels = new ArrayList<>(labels);
        labels.forEach(label -> indices.put(label, indices.size()));
    }

    public List<String> labels() {
        return List.copyOf(labels);
    }

    /** Logits of a network: one for two classes, else one for each. */
    public int outputs() {
        return outputs(labels.size());
    }

    public int index(String label) {
        return Objects.requireNonNull(indices.get(label), label);
    }

    /** The number of logits for a number of classes. */
    public static int outputs(int classes) {
        return classes == 2 ? 1 : classes;
    }

    /** How many images of each class the partitions have. */
    public Shares shares(JavaRDD<ImageValues> images) {
        List<long[]> all = images.mapPartitions(partition -> {
                    long[] counts = new long[labels.size()];
                    partition.forEachRemaining(image -> counts[index(image.label())]++);
                    return List.of(counts).iterator();
                })
                .collect();
        return new Shares(all, labels.size());
    }
}
