package dev.graft.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.graft.manifest.Tables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The types that the columns of a feature store have, which those of later manifests take too. */
final class StoredTypes {
    private final StructType stored;
    private final String store;

    /** @param store what it is called in messages */
    StoredTypes(StructType stored, String store) {
        this.stored = stored;
        this.store = store;
    }

    /** The rows in these types; a value that has none in its column's type is null, and counted. */
    Dataset<Row> fitted(Dataset<Row> manifest, Consumer<String> told) {
        List<StructField> others = Arrays.stream(manifest.schema().fields())
                .filter(field -> type(field.name())
                        .filter(type -> !isSame(type, field.dataType()))
                        .isPresent())
                .toList();
        if (others.isEmpty()) {
            return manifest;
        }
        tell(manifest, others, told);
        Dataset<Row> fitted = manifest;
        for (StructField field : others) {
            fitted = fitted.withColumn(field.name(), fitted(field));
        }
        return fitted;
    }

    private void tell(Dataset<Row> manifest, List<StructField> others, Consumer<String> told) {
        List<Column> lost = new ArrayList<>();
        for (StructField field : others) {
            lost.add(count(when(quoted(field).isNotNull().and(fitted(field).isNull()), 1)));
        }
        Row counts = manifest.select(lost.toArray(Column[]::new)).first();
        for (int i = 0; i < others.size(); i++) {
            StructField field = others.get(i);
            told.accept(
                    "Note: column %s of the manifest is %s, and %s in the feature store %s: %d values do not fit and are left out"
                            .formatted(
                                    field.name(),
                                    field.dataType().simpleString(),
                                    type(field.name()).orElseThrow().simpleString(),
                                    store,
                                    counts.getLong(i)));
        }
    }

    private Column fitted(StructField field) {
        DataType type = type(field.name()).orElseThrow();
        if (!Cast.canTryCast(field.dataType(), type)) {
            return lit(null).cast(type);
        }
        Column cast = cast(Tables.quoted(field.name()), type);
        if (!(field.dataType() instanceof NumericType && type instanceof NumericType)) {
            return cast;
        }
        // A fraction is no whole number, though it can be made one.
        Column back = cast("try_cast(%s AS %s)".formatted(Tables.quoted(field.name()), type.sql()), field.dataType());
        return when(back.equalTo(quoted(field)), cast);
    }

    private static Column cast(String value, DataType type) {
        return expr("try_cast(" + value + " AS " + type.sql() + ")");
    }

    private Optional<DataType> type(String name) {
        return Arrays.stream(stored.fields())
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(StructField::dataType)
                .findFirst();
    }

    /** Whether two types are the same for Parquet: what may be null may be so in both. */
    private static boolean isSame(DataType one, DataType other) {
        return one.catalogString().equals(other.catalogString());
    }

    private static Column quoted(StructField field) {
        return col(Tables.quoted(field.name()));
    }
}
