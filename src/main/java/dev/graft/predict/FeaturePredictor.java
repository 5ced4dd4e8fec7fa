package dev.graft.predict;

import dev.graft.averaging.Probabilities;
import dev.graft.base.Layout;
import dev.graft.compiled.CompiledNetwork;
import dev.graft.compiled.ForwardPass;
import dev.graft.compiled.FrozenNetwork;
import dev.graft.features.FeatureColumns;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Runs a head over stored features: predictions without decoding an image or running the base again. */
public final class FeaturePredictor implements Serializable {
    private static final long serialVersionUID = 1;

    private static final int BATCH = 256;
    private static final StructType SCHEMA = new StructType()
            .add(PredictionColumns.URI, DataTypes.StringType)
            .add(PredictionColumns.LABEL, DataTypes.StringType)
            .add(PredictionColumns.PREDICTION, DataTypes.StringType)
            .add(PredictionColumns.PROBABILITIES, DataTypes.createArrayType(DataTypes.FloatType, false));

    private final FrozenNetwork head;
    private final List<String> labels;

    private FeaturePredictor(FrozenNetwork head, List<String> labels) {
        this.head = head;
        this.labels = new ArrayList<>(labels);
    }

    /**
     * A predictor of the labels.
     *
     * @param head from features [examples, features] to logits
     */
    public static FeaturePredictor of(ComputationGraph head, List<String> labels) {
        return new FeaturePredictor(FrozenNetwork.of(head, Layout.LOGITS, head.layerInputSize(Layout.LOGITS)), labels);
    }

    /** Predictions for rows of uri, label and features. */
    public Dataset<Row> predict(Dataset<Row> examples) {
        return examples.select(PredictionColumns.URI, PredictionColumns.LABEL, FeatureColumns.FEATURES)
                .mapPartitions((MapPartitionsFunction<Row, Row>) this::predict, Encoders.row(SCHEMA));
    }

    private Iterator<Row> predict(Iterator<Row> examples) {
        CompiledNetwork compiled = head.compile();
        List<Row> predictions = new ArrayList<>();
        try (ForwardPass forward = compiled.forwardPass(BATCH)) {
            List<Row> batch = new ArrayList<>();
            while (examples.hasNext()) {
                batch.add(examples.next());
                if (batch.size() == BATCH || !examples.hasNext()) {
                    predict(batch, forward, predictions);
                    batch.clear();
                }
            }
        }
        return predictions.iterator();
    }

    private void predict(List<Row> batch, ForwardPass forward, List<Row> predictions) {
        int width = batch.get(0).getList(2).size();
        float[] features = new float[batch.size() * width];
        for (int i = 0; i < batch.size(); i++) {
            copyFeatures(batch.get(i).getList(2), features, i * width);
        }
        float[] logits = forward.run(features, batch.size());
        int outputs = forward.outputValues();
        for (int i = 0; i < batch.size(); i++) {
            float[] probabilities = Probabilities.of(logits, i * outputs, outputs);
            String prediction = labels.get(Probabilities.largest(probabilities));
            predictions.add(
                    RowFactory.create(batch.get(i).getString(0), batch.get(i).getString(1), prediction, probabilities));
        }
    }

    private static void copyFeatures(List<Float> values, float[] target, int start) {
        for (int i = 0; i < values.size(); i++) {
            target[start + i] = values.get(i);
        }
    }
}
