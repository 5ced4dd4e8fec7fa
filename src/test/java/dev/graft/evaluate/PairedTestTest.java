package dev.graft.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.TestSpark;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class PairedTestTest {
    private static final StructType SCHEMA = new StructType()
            .add("uri", DataTypes.StringType)
            .add("label", DataTypes.StringType)
            .add("prediction", DataTypes.StringType);

    @Test
    void imagesAreComparedOneByOne() {
        Dataset<Row> first = table(
                row("a", "cat", "cat"),
                row("b", "cat", "dog"),
                row("c", "dog", "dog"),
                row("d", "dog", "cat"),
                row("e", null, "cat"),
                row("only first", "cat", "cat"));
        Dataset<Row> second = table(
                row("d", "dog", "cat"),
                row("c", "dog", "cat"),
                row("b", "cat", "cat"),
                row("a", "cat", "dog"),
                row("e", null, "dog"),
                row("only second", "cat", "dog"));
        PairedTest test = PairedTest.of(first, second);
        assertThat(test.images()).isEqualTo(4);
        assertThat(test.onlyFirst()).isEqualTo(2);
        assertThat(test.onlySecond()).isEqualTo(1);
        assertThat(test.pValue()).isEqualTo(1);
    }

    /** Of a fair coin thrown ten times: (1 + 10) / 1024 is one tail of one or none. */
    @Test
    void thePValueIsThatOfAFairCoin() {
        assertThat(PairedTest.of(100, 1, 9).pValue()).isCloseTo(2 * 11.0 / 1024, within(1e-12));
        assertThat(PairedTest.of(100, 9, 1).pValue()).isCloseTo(2 * 11.0 / 1024, within(1e-12));
        assertThat(PairedTest.of(100, 0, 5).pValue()).isCloseTo(2.0 / 32, within(1e-12));
        assertThat(PairedTest.of(100, 4, 4).pValue()).isEqualTo(1);
        assertThat(PairedTest.of(100, 0, 0).pValue()).isEqualTo(1);
    }

    private static Row row(String uri, String label, String prediction) {
        return RowFactory.create(uri, label, prediction);
    }

    private static Dataset<Row> table(Row... rows) {
        return TestSpark.session().createDataFrame(List.of(rows), SCHEMA);
    }
}
