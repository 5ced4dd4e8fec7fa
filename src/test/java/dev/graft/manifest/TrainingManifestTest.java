package dev.graft.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.TestSpark;
import dev.graft.settings.DataGateException;
import dev.graft.settings.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class TrainingManifestTest {
    private static final StructType SCHEMA = new StructType()
            .add(ManifestColumns.URI, DataTypes.StringType)
            .add(ManifestColumns.LABEL, DataTypes.StringType)
            .add(ManifestColumns.SPLIT, DataTypes.StringType);

    @Test
    void imagesAreCountedByClassAndLabelsSorted() {
        TrainingManifest manifest = TrainingManifest.check(manifest(
                row("1", "dog", "train"),
                row("2", "cat", "train"),
                row("3", "cat", "train"),
                row("4", "cat", "test"),
                row("5", "dog", "validation")));

        assertThat(manifest.labels()).containsExactly("cat", "dog");
        assertThat(manifest.images().count(Split.TRAIN, "cat")).isEqualTo(2);
        assertThat(manifest.images().count(Split.TEST, "dog")).isZero();
        assertThat(manifest.images().count(Split.TRAIN)).isEqualTo(3);
        assertThat(manifest.images().count(Split.VALIDATION)).isEqualTo(1);
    }

    @Test
    void rowsWithoutALabelAreRefused() {
        assertRefused(
                InvalidInputException.class,
                "Invalid manifest: rows without a label: 1, such as 2 (training needs a label on every row)",
                row("1", "cat", "train"),
                row("2", null, "test"));
    }

    @Test
    void classesWithoutATrainingImageAreRefused() {
        assertRefused(
                DataGateException.class,
                "Invalid manifest: classes without a training image: 2 of 4: 'bird' (train 0, validation 1, test 0), "
                        + "'fish' (train 0, validation 0, test 2) (add some, or remove them)",
                row("1", "cat", "train"),
                row("2", "dog", "train"),
                row("3", "fish", "test"),
                row("4", "fish", "test"),
                row("5", "bird", "validation"));
    }

    @Test
    void singleClassIsRefused() {
        assertRefused(
                DataGateException.class,
                "Invalid manifest: 'cat' (train 1, validation 0, test 1) (training needs at least two classes)",
                row("1", "cat", "train"),
                row("2", "cat", "test"));
    }

    @Test
    void labelThatDiffersOnEveryRowIsRefusedWithoutCollectingIt() {
        Dataset<Row> rows = TestSpark.session()
                .range(TrainingManifest.MAX_CLASSES + 1L)
                .selectExpr("cast(id as string) uri", "cast(id as string) label", "'train' split");

        assertThatThrownBy(() -> TrainingManifest.check(rows))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Invalid manifest: more than 100000 labels (is manifest.columns.label the column of classes?)");
    }

    private static void assertRefused(Class<? extends Exception> kind, String message, Row... rows) {
        assertThatThrownBy(() -> TrainingManifest.check(manifest(rows)))
                .isInstanceOf(kind)
                .hasMessage(message);
    }

    private static Dataset<Row> manifest(Row... rows) {
        List<Row> list = Arrays.asList(rows);
        return TestSpark.session().createDataFrame(list, SCHEMA);
    }

    private static Row row(String uri, String label, String split) {
        return RowFactory.create(uri, label, split);
    }
}
