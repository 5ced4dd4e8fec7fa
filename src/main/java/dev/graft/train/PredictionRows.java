package dev.graft.train;

import static org.apache.spark.sql.functions.col;

import dev.graft.features.ImageNetwork;
import dev.graft.features.ImageOutcome;
import dev.graft.features.RejectColumns;
import dev.graft.settings.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Rows of predictions, and of the images that gave none: the manifest's columns, then either kind's own. */
final class PredictionRows implements ImageNetwork.RowOf {
    private static final long serialVersionUID = 1;

    private static final String REJECT_REASON = "reject_reason";
    private static final String REJECT_DETAIL = "reject_detail";
    private static final StructType PREDICTED = new StructType()
            .add(PredictionColumns.PREDICTION, DataTypes.StringType)
            .add(PredictionColumns.PROBABILITIES, DataTypes.createArrayType(DataTypes.FloatType, false))
            .add(REJECT_REASON, DataTypes.StringType)
            .add(REJECT_DETAIL, DataTypes.StringType);

    private final StructType manifest;
    private final List<String> labels;

    PredictionRows(StructType manifest, List<String> labels) {
        this.manifest = manifest;
        this.labels = new ArrayList<>(labels);
        for (String name : PREDICTED.fieldNames()) {
            if (Arrays.stream(manifest.fieldNames()).anyMatch(name::equalsIgnoreCase)) {
                throw new InvalidInputException("Invalid manifest: its column " + name
                        + " has the name of a column of the table of predictions (rename it)");
            }
        }
    }

    StructType schema() {
        StructType schema = manifest;
        for (StructField field : PREDICTED.fields()) {
            schema = schema.add(field);
        }
        return schema;
    }

    @Override
    public Row row(ImageOutcome outcome) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < manifest.length(); i++) {
            values.add(outcome.image().get(i));
        }
        if (outcome instanceof ImageOutcome.Computed computed) {
            float[] probabilities = Probabilities.of(computed.values(), 0, computed.values().length);
            String prediction = labels.get(Probabilities.largest(probabilities));
            values.addAll(Arrays.asList(prediction, probabilities, null, null));
        } else if (outcome instanceof ImageOutcome.Refused refused) {
            String reason = refused.rejected().reason().name().toLowerCase(Locale.ROOT);
            values.addAll(Arrays.asList(null, null, reason, refused.rejected().detail()));
        }
        return RowFactory.create(values.toArray());
    }

    static Dataset<Row> predictions(Dataset<Row> outcomes) {
        return outcomes.where(col(REJECT_REASON).isNull()).drop(REJECT_REASON, REJECT_DETAIL);
    }

    static Dataset<Row> rejects(Dataset<Row> outcomes) {
        return outcomes.where(col(REJECT_REASON).isNotNull())
                .select(
                        col(PredictionColumns.URI),
                        col(REJECT_REASON).as(RejectColumns.REASON),
                        col(REJECT_DETAIL).as(RejectColumns.DETAIL));
    }
}
