package dev.graft.manifest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.udf;

import dev.graft.settings.DataGateException;
import dev.graft.settings.ShownText;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/**
 * Labels that look the same and are not: with blanks around them, or with their accents composed in another way; and those
 * that differ in upper and lower case alone.
 */
final class LabelSpellings {
    private static final int SHOWN = 10;
    private static final String FIRST = "first";
    private static final String SECOND = "second";
    private static final UserDefinedFunction COMPOSED = udf(
            (UDF1<String, String>) label -> label == null ? null : Normalizer.normalize(label, Normalizer.Form.NFC),
            DataTypes.StringType);

    private static final UserDefinedFunction LOWER_CASE =
            udf((UDF1<String, String>) label -> label == null ? null : lowerCase(label), DataTypes.StringType);

    private LabelSpellings() {}

    /** What labels have in common that differ in upper and lower case alone. */
    static String lowerCase(String label) {
        return label.toLowerCase(Locale.ROOT);
    }

    /** Of labels that differ in upper and lower case alone, one at least has it. */
    static Column hasUpperCase() {
        return LOWER_CASE.apply(col(ManifestColumns.LABEL)).notEqual(col(ManifestColumns.LABEL));
    }

    /** Warns of labels that differ in upper and lower case alone. */
    static Optional<String> warning(String name, Dataset<Row> manifest) {
        Dataset<Row> spelledTwice =
                spelledTwice(manifest.select(ManifestColumns.LABEL).distinct(), LOWER_CASE, ManifestColumns.LABEL);
        List<Row> first =
                spelledTwice.orderBy(ManifestColumns.LABEL).limit(SHOWN + 1).collectAsList();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        String shown = first.stream()
                .limit(SHOWN)
                .map(row ->
                        "'%s' and '%s'".formatted(ShownText.name(row.getString(1)), ShownText.name(row.getString(2))))
                .collect(Collectors.joining(", "));
        String more = first.size() > SHOWN ? ", and " + (spelledTwice.count() - SHOWN) + " more" : "";
        return Optional.of(
                "Warning: labels of manifest %s that differ in upper and lower case alone are classes of their own: %s (where they are one class, write one of them)"
                        .formatted(name, shown + more));
    }

    /** The first and the last spelling of labels that become the same by a function. */
    private static Dataset<Row> spelledTwice(Dataset<Row> manifest, UserDefinedFunction same, String spelling) {
        return manifest.where(col(ManifestColumns.LABEL).isNotNull())
                .groupBy(same.apply(col(ManifestColumns.LABEL)).as(ManifestColumns.LABEL))
                .agg(min(spelling).as(FIRST), max(spelling).as(SECOND))
                .where(col(FIRST).notEqual(col(SECOND)));
    }

    /** Whether Unicode has another spelling of the label, which it prefers. */
    static Column isUnusual() {
        return COMPOSED.apply(col(ManifestColumns.LABEL)).notEqual(col(ManifestColumns.LABEL));
    }

    /**
     * Refuses two spellings of one label.
     *
     * @param manifest with label and _written_label
     */
    static void check(String name, Dataset<Row> manifest) {
        Dataset<Row> spelledTwice = spelledTwice(manifest, COMPOSED, ManifestCheck.WRITTEN_LABEL);
        Row found = spelledTwice
                .agg(count(lit(1)), min(ManifestColumns.LABEL), min(FIRST), min(SECOND))
                .first();
        if (found.getLong(0) > 0) {
            Optional<Row> example = spelledTwice.orderBy(ManifestColumns.LABEL).limit(1).collectAsList().stream()
                    .findFirst();
            throw new DataGateException(
                    "Cannot take the labels of manifest %s: classes that are spelled in more than one way: %d, such as %s and %s, which differ in blanks or in how accents are composed (write one of them)"
                            .formatted(
                                    name,
                                    found.getLong(0),
                                    shown(example.orElseThrow().getString(1)),
                                    shown(example.orElseThrow().getString(2))));
        }
    }

    /** The label, and where it is not plain, the characters that it is made of. */
    private static String shown(String label) {
        StringBuilder plain = new StringBuilder();
        label.chars()
                .forEach(c -> plain.append(
                        c >= ' ' && c <= '~' ? String.valueOf((char) c) : String.format(Locale.ROOT, "\\u%04X", c)));
        return "'" + plain + "'";
    }
}
