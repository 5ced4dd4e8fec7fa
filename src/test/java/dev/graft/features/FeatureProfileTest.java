package dev.graft.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.graft.TestSpark;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class FeatureProfileTest {
    private static final StructType SCHEMA =
            new StructType().add(FeatureColumns.FEATURES, DataTypes.createArrayType(DataTypes.FloatType, false));

    private static Dataset<Row> rows(float[]... features) {
        List<Row> rows = Arrays.stream(features).map(RowFactory::create).toList();
        return TestSpark.session().createDataFrame(rows, SCHEMA);
    }

    @Test
    void meanAndVarianceAreThoseOfEachFeature() {
        FeatureProfile profile = FeatureProfile.of(rows(new float[] {1, 5}, new float[] {2, 5}, new float[] {6, 5}));
        assertThat(profile.examples()).isEqualTo(3);
        assertThat(profile.mean()).containsExactly(3, 5);
        assertThat(profile.variance()).containsExactly(7, 0);
    }

    @Test
    void aShiftIsInStandardDeviationsAndLeavesOutWhatDoesNotVary() {
        FeatureProfile before = new FeatureProfile(10, new double[] {0, 10, 5}, new double[] {4, 1, 0});
        FeatureProfile after = new FeatureProfile(10, new double[] {1, 7, 5}, new double[] {4, 1, 0});
        assertThat(after.shiftFrom(before)).isCloseTo((0.5 + 3) / 2, within(1e-12));
        assertThat(before.shiftFrom(before)).isZero();
    }

    @Test
    void profilesOfDifferentBasesCannotBeCompared() {
        FeatureProfile three = new FeatureProfile(1, new double[3], new double[3]);
        FeatureProfile two = new FeatureProfile(1, new double[2], new double[2]);
        assertThatThrownBy(() -> three.shiftFrom(two))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid profile: 2 features (expected 3)");
    }
}
