package dev.graft.train;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Row;

/** One labelled image as a head sees it. */
record Example(String uri, int label, float[] features) implements Serializable {
    private static final long serialVersionUID = 1;

    /** From a row of uri, label and features. */
    static Example of(Row row, Map<String, Integer> classes) {
        List<Float> values = row.getList(2);
        float[] features = new float[values.size()];
        copyFeatures(values, features, 0);
        int label = Objects.requireNonNull(classes.get(row.getString(1)), row.getString(1));
        return new Example(row.getString(0), label, features);
    }

    static void copyFeatures(List<Float> values, float[] target, int start) {
        for (int i = 0; i < values.size(); i++) {
            target[start + i] = values.get(i);
        }
    }
}
