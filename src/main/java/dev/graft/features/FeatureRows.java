package dev.graft.features;

import static org.apache.spark.sql.functions.col;

import dev.graft.decode.Rejected;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Rows of features and rows of rejects, as one table while they are computed: a row has either features or a reason. */
final class FeatureRows implements ImageNetwork.RowOf {
    private static final long serialVersionUID = 1;

    private static final String REJECT_STAGE = "reject_stage";
    private static final String REJECT_REASON = "reject_reason";
    private static final String REJECT_DETAIL = "reject_detail";
    private static final StructType COMPUTED = new StructType()
            .add(FeatureColumns.CONTENT_SHA256, DataTypes.StringType)
            .add(FeatureColumns.BYTES, DataTypes.LongType)
            .add(FeatureColumns.MODIFIED, DataTypes.LongType)
            .add(FeatureColumns.VIEW, DataTypes.IntegerType)
            .add(FeatureColumns.FEATURES, DataTypes.createArrayType(DataTypes.FloatType, false))
            .add(FeatureColumns.RUN, DataTypes.StringType)
            .add(REJECT_STAGE, DataTypes.StringType)
            .add(REJECT_REASON, DataTypes.StringType)
            .add(REJECT_DETAIL, DataTypes.StringType);

    private final OutcomeTable table;
    private final String run;

    FeatureRows(StructType manifest, String run) {
        this.table = OutcomeTable.of(manifest, COMPUTED, "feature store");
        this.run = run;
    }

    /** The manifest's columns, then everything that features or rejects have. */
    StructType schema() {
        return table.schema();
    }

    @Override
    public Row row(ImageOutcome outcome) {
        List<Object> values = new ArrayList<>();
        if (outcome instanceof ImageOutcome.Computed computed) {
            addFile(values, computed.file());
            values.addAll(Arrays.asList(computed.view(), computed.values(), run, null, null, null));
        } else if (outcome instanceof ImageOutcome.Refused refused) {
            addFile(values, refused.file());
            Rejected why = refused.rejected();
            String stage = refused.file() == null ? "read" : "decode";
            values.addAll(Arrays.asList(null, null, run, stage, why.reason().id(), why.detail()));
        }
        return table.row(outcome, values);
    }

    private static void addFile(List<Object> values, @Nullable ImageFile file) {
        if (file == null) {
            values.addAll(Arrays.asList(null, null, null));
        } else {
            values.addAll(Arrays.asList(file.sha256(), file.bytes(), file.modified()));
        }
    }

    /** The rows that have features, as a feature store holds them. */
    Dataset<Row> features(Dataset<Row> outcomes) {
        return outcomes.where(col(REJECT_REASON).isNull()).drop(REJECT_STAGE, REJECT_REASON, REJECT_DETAIL);
    }

    /** The rows that have a reason, as the table of rejects holds them. */
    Dataset<Row> rejects(Dataset<Row> outcomes) {
        Column[] columns = {
            col(RejectColumns.URI),
            col(REJECT_STAGE).as(RejectColumns.STAGE),
            col(REJECT_REASON).as(RejectColumns.REASON),
            col(REJECT_DETAIL).as(RejectColumns.DETAIL),
            col(FeatureColumns.BYTES).as(RejectColumns.BYTES),
            col(FeatureColumns.CONTENT_SHA256).as(RejectColumns.CONTENT_SHA256),
            col(FeatureColumns.RUN).as(RejectColumns.RUN)
        };
        return outcomes.where(col(REJECT_REASON).isNotNull()).select(columns);
    }
}
