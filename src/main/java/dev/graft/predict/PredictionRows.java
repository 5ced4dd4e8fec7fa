package dev.graft.predict;

import static org.apache.spark.sql.functions.col;

import dev.graft.averaging.Probabilities;
import dev.graft.decode.Rejected;
import dev.graft.features.FeatureColumns;
import dev.graft.forward.ImageNetwork;
import dev.graft.forward.ImageOutcome;
import dev.graft.forward.OutcomeTable;
import dev.graft.forward.RejectColumns;
import dev.graft.manifest.ManifestColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows of predictions, and of the images that gave none: the manifest's columns, then either kind's own. */
final class PredictionRows implements ImageNetwork.RowOf {
    private static final long serialVersionUID = 1;

    private static final String REJECT_REASON = "reject_reason";
    private static final String REJECT_DETAIL = "reject_detail";
    private static final String CONTENT = "_content_sha256";
    private static final StructType PREDICTED = new StructType()
            .add(PredictionColumns.PREDICTION, DataTypes.StringType)
            .add(PredictionColumns.PROBABILITIES, DataTypes.createArrayType(DataTypes.FloatType, false))
            .add(REJECT_REASON, DataTypes.StringType)
            .add(REJECT_DETAIL, DataTypes.StringType)
            .add(CONTENT, DataTypes.StringType);

    private final OutcomeTable table;
    private final List<String> labels;

    PredictionRows(StructType manifest, List<String> labels) {
        this.table = OutcomeTable.of(manifest, PREDICTED, "table of predictions");
        this.labels = new ArrayList<>(labels);
    }

    StructType schema() {
        return table.schema();
    }

    @Override
    public Row row(ImageOutcome outcome) {
        List<Object> values = new ArrayList<>();
        if (outcome instanceof ImageOutcome.Computed computed) {
            float[] probabilities = Probabilities.of(computed.values(), 0, computed.values().length);
            String prediction = labels.get(Probabilities.largest(probabilities));
            values.addAll(Arrays.asList(
                    prediction, probabilities, null, null, computed.file().sha256()));
        } else if (outcome instanceof ImageOutcome.Refused refused) {
            Rejected why = refused.rejected();
            values.addAll(Arrays.asList(null, null, why.reason().id(), why.detail(), null));
        }
        return table.row(outcome, values);
    }

    static Dataset<Row> predictions(Dataset<Row> outcomes) {
        return outcomes.where(col(REJECT_REASON).isNull()).drop(REJECT_REASON, REJECT_DETAIL, CONTENT);
    }

    /** What was predicted of which content: uri, label, split and content_sha256. */
    static Dataset<Row> contents(Dataset<Row> outcomes) {
        return outcomes.where(col(REJECT_REASON).isNull())
                .select(
                        col(ManifestColumns.URI),
                        col(ManifestColumns.LABEL),
                        col(ManifestColumns.SPLIT),
                        col(CONTENT).as(FeatureColumns.CONTENT_SHA256));
    }

    static Dataset<Row> rejects(Dataset<Row> outcomes) {
        return outcomes.where(col(REJECT_REASON).isNotNull())
                .select(
                        col(PredictionColumns.URI),
                        col(REJECT_REASON).as(RejectColumns.REASON),
                        col(REJECT_DETAIL).as(RejectColumns.DETAIL));
    }
}
