package dev.graft.train;

import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/** One labelled image as a head sees it. */
record Example(String uri, int label, float[] features) implements Serializable {
    private static final long serialVersionUID = 1;

    /**
     * Examples of a table. Its rows are taken as Spark holds them: as {@code Row}s every feature would be an object.
     *
     * @param table uri, label and features, in this order
     * @param classes the index of each label
     */
    static JavaRDD<Example> of(Dataset<Row> table, Map<String, Integer> classes) {
        return table.queryExecution().toRdd().toJavaRDD().map(row -> of(row, classes));
    }

    private static Example of(InternalRow row, Map<String, Integer> classes) {
        String name = row.getString(1);
        int label = Objects.requireNonNull(classes.get(name), name);
        return new Example(row.getString(0), label, row.getArray(2).toFloatArray());
    }
}
