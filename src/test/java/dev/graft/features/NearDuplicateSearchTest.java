package dev.graft.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.TestSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class NearDuplicateSearchTest {
    private static final int WIDTH = 32;
    private static final StructType SCHEMA = new StructType()
            .add(FeatureColumns.URI, DataTypes.StringType)
            .add(FeatureColumns.CONTENT_SHA256, DataTypes.StringType)
            .add(FeatureColumns.FEATURES, DataTypes.createArrayType(DataTypes.FloatType, false));

    private final Random random = new Random(5);

    private float[] vector() {
        float[] vector = new float[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private static Dataset<Row> table(List<Row> rows) {
        return TestSpark.session().createDataFrame(rows, SCHEMA).repartition(3);
    }

    private static float[] nearly(float[] vector) {
        float[] other = vector.clone();
        other[0] += 0.05f;
        return other;
    }

    @Test
    void likenessesInTheOtherSetAreFoundOnceEachAndEqualContentsAreNot() {
        List<Row> first = new ArrayList<>();
        List<Row> second = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            float[] features = vector();
            first.add(RowFactory.create("test/" + i, "t" + i, features));
            second.add(RowFactory.create("train/" + i, "r" + i, i < 3 ? nearly(features) : vector()));
        }
        float[] same = vector();
        first.add(RowFactory.create("test/same", "s", same));
        second.add(RowFactory.create("train/same", "s", same));
        second.add(RowFactory.create("train/0-again", "r0again", second.get(0).getAs(2)));
        for (int i = 0; i < 600; i++) {
            second.add(RowFactory.create("train/more-" + i, "m" + i, vector()));
        }

        NearDuplicates found = new NearDuplicateSearch(0.99, 100).across(table(first), table(second));

        assertThat(found.looked()).isEqualTo(11);
        assertThat(found.found()).isEqualTo(3);
        assertThat(found.examples())
                .extracting(NearDuplicates.Pair::first)
                .containsExactlyInAnyOrder("test/0", "test/1", "test/2");
        for (NearDuplicates.Pair pair : found.examples()) {
            assertThat(pair.second()).startsWith(pair.first().replace("test", "train"));
            assertThat(pair.similarity()).isBetween(0.99, 1.0);
        }
    }

    @Test
    void noMoreThanTheGivenNumberIsLookedAt() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            rows.add(RowFactory.create("image/" + i, "c" + i, vector()));
        }
        assertThat(new NearDuplicateSearch(0.9, 4)
                        .across(table(rows), table(rows))
                        .looked())
                .isEqualTo(4);
        NearDuplicates none = new NearDuplicateSearch(0.9, 0).across(table(rows), table(rows));
        assertThat(none.looked()).isZero();
        assertThat(none.found()).isZero();
    }
}
