package dev.graft.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.graft.averaging.Classes;
import java.io.Serializable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/** One labelled image as a head sees it. */
@DefaultSerializer(JavaSerializer.class)
record Example(String uri, int label, float[] features) implements Serializable {
    private static final long serialVersionUID = 1;

    /**
     * Examples of a table. Its rows are taken as Spark holds them: as {@code Row}s every feature would be an object.
     *
     * @param table uri, label and features, in this order
     */
    static JavaRDD<Example> of(Dataset<Row> table, Classes classes) {
        return table.queryExecution().toRdd().toJavaRDD().map(row -> of(row, classes));
    }

    private static Example of(InternalRow row, Classes classes) {
        int label = classes.index(row.getString(1));
        return new Example(row.getString(0), label, row.getArray(2).toFloatArray());
    }
}
