package dev.graft.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsTest {
    @Test
    void jsonIsOneObjectWithKeysInAFixedOrder() {
        assertThat(twoClasses().toJson()).isEqualTo("""
            {"images":4,"unlabelled":1,"accuracy":0.75,"loss":0.5,"auc":1.0,\
            "macroPrecision":0.75,"macroRecall":0.75,"macroF1":0.75,"labels":["cat","big dog"],\
            "classes":[{"label":"cat","support":4,"precision":1.0,"recall":0.75,"f1":0.875,"auc":null},\
            {"label":"big dog","support":0,"precision":null,"recall":null,"f1":null,"auc":null}],\
            "confusion":[[3,1],[0,0]]}\
            """);
    }

    @Test
    void undefinedMetricIsNullInJson() throws JsonProcessingException {
        JsonNode json = new ObjectMapper().readTree(twoClasses().toJson());

        assertThat(json.at("/classes/1/recall").isNull()).isTrue();
    }

    @Test
    void tableHasAlignedColumns() {
        assertThat(twoClasses().table()).isEqualTo("""
            images                4
            not labelled          1
            accuracy         0.7500
            loss             0.5000
            AUC              1.0000
            macro precision  0.7500
            macro recall     0.7500
            macro F1         0.7500

            class    images  precision  recall      F1  AUC
            cat           4     1.0000  0.7500  0.8750    -
            big dog       0          -       -       -    -

            true \\ predicted  cat  big dog
            cat                 3        1
            big dog             0        0
            """);
    }

    @Test
    void tableOfManyClassesListsTheLargestErrors() {
        int many = 30;
        ConfusionMatrix confusion = new ConfusionMatrix(many);
        for (int i = 0; i < many; i++) {
            confusion.add(i, i, 10);
        }
        confusion.add(3, 4, 2);
        confusion.add(7, 8, 5);
        List<String> labels =
                IntStream.range(0, many).mapToObj(i -> "class-" + i).toList();

        String table = Metrics.of(new Tally(confusion, 0, 0, 0, 0), labels, new double[many])
                .table();

        assertThat(table).endsWith("""

            true     predicted  images
            class-7    class-8       5
            class-3    class-4       2
            """);
    }

    @ParameterizedTest
    @CsvSource({"20,5", "21,and 1 more pair", "330,and 310 more pairs"})
    void tableOfManyClassesSaysHowManyErrorsItLeavesOut(int pairs, String last) {
        int many = 30;
        ConfusionMatrix confusion = new ConfusionMatrix(many);
        for (int i = 0; i < pairs; i++) {
            confusion.add(i % many, (i % many + 1 + i / many) % many, 5);
        }
        List<String> labels =
                IntStream.range(0, many).mapToObj(i -> "class-" + i).toList();

        String table = Metrics.of(new Tally(confusion, 0, 0, 0, 0), labels, new double[many])
                .table();

        assertThat(table.lines()).last().asString().endsWith(last);
        assertThat(table.lines().filter(line -> line.matches("class-\\d+ +class-\\d+ +5")))
                .hasSize(20);
    }

    private static Metrics twoClasses() {
        return new Metrics(
                4,
                1,
                0.75,
                0.5,
                1,
                0.75,
                0.75,
                0.75,
                List.of(
                        new ClassMetrics("cat", 4, 1, 0.75, 0.875, Double.NaN),
                        new ClassMetrics("big dog", 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN)),
                List.of(List.of(3L, 1L), List.of(0L, 0L)));
    }
}
