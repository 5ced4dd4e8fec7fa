package dev.graft.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.TestSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredTypesTest {
    private final List<String> told = new ArrayList<>();

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "INT; '7', 'seven', NULL; 7, null, null; string; 1",
                "INT; 7L, 5000000000L, NULL; 7, null, null; bigint; 1",
                "INT; 7D, 7.5D, NULL; 7, null, null; double; 1",
                "BIGINT; 7, 8, NULL; 7, 8, null; int; 0",
                "STRING; 7, 8, NULL; 7, 8, null; int; 0",
                "DATE; 1, 2, NULL; null, null, null; int; 2",
                "INT; array(1), array(2), NULL; null, null, null; array<int>; 2",
            })
    void aColumnTakesTheTypeOfTheStore(String stored, String values, String expected, String type, long lost) {
        Dataset<Row> manifest = TestSpark.session()
                .sql("SELECT * FROM (SELECT 'a.jpg' AS uri, explode(array(" + values + ")) AS `the age`)");

        Dataset<Row> fitted = types("uri STRING, `The Age` " + stored).fitted(manifest, told::add);

        assertThat(fitted.schema().apply("the age").dataType().sql()).isEqualTo(stored);
        assertThat(fitted.select("`the age`").collectAsList())
                .extracting(row -> String.valueOf(row.get(0)))
                .containsExactly(expected.split(", "));
        assertThat(told)
                .containsExactly(("Note: column the age of the manifest is %s, and %s in the feature store s: %d values"
                                + " do not fit and are left out")
                        .formatted(type, stored.toLowerCase(Locale.ROOT), lost));
    }

    @Test
    void columnsOfTheSameTypeAndNewOnesStayAsTheyAre() {
        Dataset<Row> manifest = TestSpark.session().sql("SELECT 'a.jpg' AS uri, 1 AS age, array(1) AS more");

        assertThat(types("uri STRING, age INT").fitted(manifest, told::add)).isSameAs(manifest);
        assertThat(told).isEmpty();
    }

    private static StoredTypes types(String schema) {
        return new StoredTypes(StructType.fromDDL(schema), "s");
    }
}
