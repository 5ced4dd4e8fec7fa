package dev.graft.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.graft.settings.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.mllib.evaluation.BinaryClassificationMetrics;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

class EvaluatorTest {
    private static final List<String> CAT_DOG = List.of("cat", "dog");
    private static final List<String> FRUIT = List.of("apple", "banana", "cherry");
    private static final Offset<Double> EXACT = within(1e-12);
    private static final Offset<Double> FLOAT = within(1e-6);

    @Test
    void binaryMetricsAreThoseComputedByHand() {
        // Scores of dog: dogs 0.75, 0.5, 0.25; cats 0.5, 0.125. Pairs won: 2 + 1.5 + 1 = 4.5 of 6.
        Metrics metrics = Evaluator.evaluate(catsAndDogs().dataset(), CAT_DOG);

        assertThat(metrics.images()).isEqualTo(5);
        assertThat(metrics.unlabelled()).isZero();
        assertThat(metrics.accuracy()).isEqualTo(3 / 5.0, EXACT);
        assertThat(metrics.auc()).isEqualTo(4.5 / 6, EXACT);
        assertThat(metrics.loss()).isEqualTo(-Math.log(0.75 * 0.5 * 0.25 * 0.5 * 0.875) / 5, FLOAT);
        assertThat(metrics.confusion()).containsExactly(List.of(1L, 1L), List.of(1L, 2L));
        ClassMetrics dog = metrics.classes().get(1);
        assertThat(dog.label()).isEqualTo("dog");
        assertThat(dog.support()).isEqualTo(3);
        assertThat(dog.precision()).isEqualTo(2 / 3.0, EXACT);
        assertThat(dog.recall()).isEqualTo(2 / 3.0, EXACT);
        assertThat(dog.f1()).isEqualTo(2 / 3.0, EXACT);
        ClassMetrics cat = metrics.classes().get(0);
        assertThat(cat.precision()).isEqualTo(1 / 2.0, EXACT);
        assertThat(cat.recall()).isEqualTo(1 / 2.0, EXACT);
        assertThat(metrics.macroPrecision()).isEqualTo((1 / 2.0 + 2 / 3.0) / 2, EXACT);
        assertThat(metrics.macroRecall()).isEqualTo((1 / 2.0 + 2 / 3.0) / 2, EXACT);
        assertThat(metrics.macroF1()).isEqualTo((1 / 2.0 + 2 / 3.0) / 2, EXACT);
    }

    @Test
    void labelsAreInTheOrderOfTheModel() {
        Metrics metrics = Evaluator.evaluate(catsAndDogs().dataset(), CAT_DOG);

        assertThat(metrics.labels()).containsExactly("cat", "dog");
    }

    @Test
    void multiClassMetricsAreThoseComputedByHand() {
        Dataset<Row> predictions = new PredictionTable()
                .add("apple", "apple", 0.5f, 0.25f, 0.25f)
                .add("apple", "banana", 0.25f, 0.5f, 0.25f)
                .add("banana", "banana", 0.125f, 0.75f, 0.125f)
                .add("cherry", "apple", 0.5f, 0.125f, 0.375f)
                .dataset();

        Metrics metrics = Evaluator.evaluate(predictions, FRUIT);

        assertThat(metrics.accuracy()).isEqualTo(0.5, EXACT);
        assertThat(metrics.loss()).isEqualTo(-Math.log(0.5 * 0.25 * 0.75 * 0.375) / 4, FLOAT);
        // apple: positives 0.5, 0.25 against 0.125, 0.5: (1 + 0.5) + (1 + 0) = 2.5 of 4.
        assertThat(metrics.classes().get(0).auc()).isEqualTo(2.5 / 4, EXACT);
        // banana 0.75 and cherry 0.375 beat all others.
        assertThat(metrics.classes().get(1).auc()).isEqualTo(1, EXACT);
        assertThat(metrics.classes().get(2).auc()).isEqualTo(1, EXACT);
        assertThat(metrics.auc()).isEqualTo((2.5 / 4 + 1 + 1) / 3, EXACT);
        assertThat(metrics.classes().get(1).precision()).isEqualTo(0.5, EXACT);
        assertThat(metrics.classes().get(1).f1()).isEqualTo(2 / 3.0, EXACT);
        assertThat(metrics.confusion()).containsExactly(List.of(1L, 1L, 0L), List.of(0L, 1L, 0L), List.of(1L, 0L, 0L));
    }

    @Test
    void classThatIsNeverPredictedHasPrecisionZero() {
        Dataset<Row> predictions = new PredictionTable()
                .add("cat", "dog", 0.25f, 0.75f)
                .add("dog", "dog", 0.125f, 0.875f)
                .dataset();

        ClassMetrics cat = Evaluator.evaluate(predictions, CAT_DOG).classes().get(0);

        assertThat(cat.precision()).isZero();
        assertThat(cat.recall()).isZero();
        assertThat(cat.f1()).isZero();
    }

    @Test
    void classWithoutImagesHasNoMetricsAndDoesNotCountInTheMeans() {
        Dataset<Row> predictions = new PredictionTable()
                .add("apple", "apple", 0.5f, 0.25f, 0.25f)
                .add("banana", "cherry", 0.125f, 0.25f, 0.625f)
                .dataset();

        Metrics metrics = Evaluator.evaluate(predictions, FRUIT);

        assertThat(metrics.classes().get(2))
                .isEqualTo(new ClassMetrics("cherry", 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN));
        assertThat(metrics.macroRecall()).isEqualTo(0.5, EXACT);
        assertThat(metrics.auc()).isEqualTo((1 + 0.5) / 2, EXACT);
    }

    @Test
    void aucIsNotDefinedWhenAllImagesAreOfOneClass() {
        Dataset<Row> predictions =
                new PredictionTable().add("dog", "dog", 0.25f, 0.75f).dataset();

        assertThat(Evaluator.evaluate(predictions, CAT_DOG).auc()).isNaN();
    }

    @Test
    void aucOfEqualScoresIsOneHalf() {
        Dataset<Row> predictions = new PredictionTable()
                .add("dog", "dog", 0.5f, 0.5f)
                .add("cat", "dog", 0.5f, 0.5f)
                .add("cat", "dog", 0.5f, 0.5f)
                .dataset();

        assertThat(Evaluator.evaluate(predictions, CAT_DOG).auc()).isEqualTo(0.5, EXACT);
    }

    @Test
    void aucOfRandomScoresWithTiesIsThatOfAllPairsAndOfMllib() {
        Random random = new Random(7);
        PredictionTable table = new PredictionTable();
        List<Tuple2<Object, Object>> scoresAndLabels = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            boolean dog = random.nextInt(3) == 0;
            int sixteenths = Math.min(16, random.nextInt(15) + (dog ? 3 : 0));
            float score = i % 2 == 0 ? sixteenths / 16f : random.nextFloat();
            table.add(dog ? "dog" : "cat", score > 0.5f ? "dog" : "cat", 1 - score, score);
            scoresAndLabels.add(new Tuple2<>((double) score, dog ? 1.0 : 0.0));
        }
        Dataset<Row> predictions = table.dataset();

        double auc = Evaluator.evaluate(predictions, CAT_DOG).auc();

        assertThat(auc).isEqualTo(aucOfAllPairs(scoresAndLabels), EXACT);
        assertThat(auc).isEqualTo(aucOfMllib(predictions, scoresAndLabels), within(1e-9));
    }

    @Test
    void lossOfACertainErrorIsClippedAsInKeras() {
        Dataset<Row> predictions =
                new PredictionTable().add("cat", "dog", 0f, 1f).dataset();

        assertThat(Evaluator.evaluate(predictions, CAT_DOG).loss()).isEqualTo(-Math.log(1e-7), EXACT);
    }

    @Test
    void lossOfACertainHitIsClippedAsInKeras() {
        Dataset<Row> predictions =
                new PredictionTable().add("dog", "dog", 0f, 1f).dataset();

        assertThat(Evaluator.evaluate(predictions, CAT_DOG).loss()).isEqualTo(-Math.log(1 - 1e-7), EXACT);
    }

    @Test
    void unlabelledImagesAreCountedAndNotEvaluated() {
        Dataset<Row> predictions = catsAndDogs()
                .add(null, "cat", 0.75f, 0.25f)
                .add(null, "dog", 0.25f, 0.75f)
                .dataset();

        Metrics metrics = Evaluator.evaluate(predictions, CAT_DOG);

        assertThat(metrics.unlabelled()).isEqualTo(2);
        assertThat(metrics)
                .usingRecursiveComparison()
                .ignoringFields("unlabelled", "loss")
                .isEqualTo(Evaluator.evaluate(catsAndDogs().dataset(), CAT_DOG));
    }

    @Test
    void unknownLabelIsRefused() {
        Dataset<Row> predictions = catsAndDogs()
                .add("bird", "cat", 0.75f, 0.25f)
                .add("bird", "cat", 0.75f, 0.25f)
                .add("ant", "cat", 0.75f, 0.25f)
                .dataset();

        assertThatThrownBy(() -> Evaluator.evaluate(predictions, CAT_DOG))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot evaluate predictions: the model does not know the label bird (2 images), ant (1"
                        + " image); it knows cat, dog (correct the manifest, or train a model with these"
                        + " classes)");
    }

    @Test
    void messageNamesAtMostTenUnknownLabels() {
        PredictionTable table = new PredictionTable();
        for (int i = 0; i < 30; i++) {
            table.add(String.format(Locale.ROOT, "garbage-%02d", i), "cat", 0.75f, 0.25f);
        }

        assertThatThrownBy(() -> Evaluator.evaluate(table.dataset(), CAT_DOG))
                .hasMessageContaining("garbage-09 (1 image), …; it knows cat, dog")
                .hasMessageNotContaining("garbage-10");
    }

    @Test
    void tableWithoutLabelsIsRefused() {
        Dataset<Row> predictions = new PredictionTable()
                .add(null, "cat", 0.75f, 0.25f)
                .add(null, "cat", 0.75f, 0.25f)
                .dataset();

        assertThatThrownBy(() -> Evaluator.evaluate(predictions, CAT_DOG))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot evaluate predictions: none of the 2 images has a label (column label)");
    }

    @Test
    void emptyTableIsRefused() {
        assertThatThrownBy(() -> Evaluator.evaluate(new PredictionTable().dataset(), CAT_DOG))
                .hasMessage("Cannot evaluate predictions: there are no images");
    }

    @Test
    void predictionsOfAnotherModelAreRefused() {
        Dataset<Row> predictions = catsAndDogs()
                .add("cat", "cat", 0.5f, 0.25f, 0.25f)
                .add("cat", "bird", 0.5f, 0.5f)
                .add("cat", "cat", Float.NaN, 0.5f)
                .add("cat", null)
                .dataset();

        assertThatThrownBy(() -> Evaluator.evaluate(predictions, CAT_DOG))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot evaluate predictions: 4 rows have not a known class with 2 probabilities"
                        + " (the model knows cat, dog)");
    }

    private static PredictionTable catsAndDogs() {
        return new PredictionTable()
                .add("dog", "dog", 0.25f, 0.75f)
                .add("dog", "dog", 0.5f, 0.5f)
                .add("dog", "cat", 0.75f, 0.25f)
                .add("cat", "dog", 0.5f, 0.5f)
                .add("cat", "cat", 0.875f, 0.125f);
    }

    private static double aucOfAllPairs(List<Tuple2<Object, Object>> scoresAndLabels) {
        double won = 0;
        long pairs = 0;
        for (Tuple2<Object, Object> positive : scoresAndLabels) {
            for (Tuple2<Object, Object> negative : scoresAndLabels) {
                if ((double) positive._2() == 1 && (double) negative._2() == 0) {
                    won += (1 + Math.signum((double) positive._1() - (double) negative._1())) / 2;
                    pairs++;
                }
            }
        }
        return won / pairs;
    }

    private static double aucOfMllib(Dataset<Row> predictions, List<Tuple2<Object, Object>> scoresAndLabels) {
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(predictions.sparkSession().sparkContext());
        return new BinaryClassificationMetrics(
                        context.parallelize(scoresAndLabels, 3).rdd(), 0)
                .areaUnderROC();
    }
}
