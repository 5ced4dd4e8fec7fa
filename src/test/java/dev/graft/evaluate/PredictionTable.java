package dev.graft.evaluate;

import dev.graft.TestSpark;
import dev.graft.predict.PredictionColumns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** A table of predictions written row by row. */
final class PredictionTable {
    private static final StructType SCHEMA = new StructType()
            .add(PredictionColumns.URI, DataTypes.StringType, false)
            .add(PredictionColumns.LABEL, DataTypes.StringType, true)
            .add(PredictionColumns.PREDICTION, DataTypes.StringType, true)
            .add(PredictionColumns.PROBABILITIES, DataTypes.createArrayType(DataTypes.FloatType), true)
            .add("split", DataTypes.StringType, true);

    private final List<Row> rows = new ArrayList<>();

    PredictionTable add(@Nullable String label, @Nullable String prediction, float... probabilities) {
        Float[] boxed = new Float[probabilities.length];
        for (int i = 0; i < probabilities.length; i++) {
            boxed[i] = probabilities[i];
        }
        rows.add(RowFactory.create("image-" + rows.size(), label, prediction, boxed, "test"));
        return this;
    }

    Dataset<Row> dataset() {
        return TestSpark.session().createDataFrame(rows, SCHEMA).repartition(3);
    }
}
