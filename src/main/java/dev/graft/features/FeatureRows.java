package dev.graft.features;

import static org.apache.spark.sql.functions.col;

import dev.graft.decode.Rejected;
import dev.graft.forward.ImageFile;
import dev.graft.forward.ImageNetwork;
import dev.graft.forward.ImageOutcome;
import dev.graft.forward.OutcomeTable;
import dev.graft.forward.RejectColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Rows of features and rows of rejects, as one table while they are computed: a row has either features or a reason, or
 * neither if its content is known.
 */
final class FeatureRows implements ImageNetwork.RowOf {
    private static final long serialVersionUID = 1;

    private static final String REJECT_STAGE = "reject_stage";
    private static final String REJECT_REASON = "reject_reason";
    private static final String REJECT_DETAIL = "reject_detail";
    private static final Set<String> REASON = Set.of(REJECT_STAGE, REJECT_REASON, REJECT_DETAIL);
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
        } else if (outcome instanceof ImageOutcome.Known known) {
            addFile(values, known.file());
            values.addAll(Arrays.asList(null, null, run, null, null, null));
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
        return withoutReason(outcomes.where(col(FeatureColumns.FEATURES).isNotNull()));
    }

    /** The rows of images whose content is known, without the columns that they have no values for. */
    Dataset<Row> known(Dataset<Row> outcomes) {
        Column neither =
                col(FeatureColumns.FEATURES).isNull().and(col(REJECT_REASON).isNull());
        return withoutReason(outcomes.where(neither)).drop(FeatureColumns.VIEW, FeatureColumns.FEATURES);
    }

    private static Dataset<Row> withoutReason(Dataset<Row> rows) {
        return rows.drop(REASON.toArray(String[]::new));
    }

    /** Rows of features, their columns in the order in which a feature store has them. */
    Dataset<Row> inOrder(Dataset<Row> rows) {
        return rows.select(Arrays.stream(schema().fieldNames())
                .filter(name -> !REASON.contains(name))
                .map(functions::col)
                .toArray(Column[]::new));
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
