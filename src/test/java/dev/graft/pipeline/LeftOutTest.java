package dev.graft.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.evaluate.ClassMetrics;
import dev.graft.evaluate.Comparison;
import dev.graft.evaluate.Metrics;
import dev.graft.evaluate.PairedTest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeftOutTest {
    private static Metrics metrics(List<String> labels, long... images) {
        List<ClassMetrics> classes = IntStream.range(0, images.length)
                .mapToObj(i -> new ClassMetrics(labels.get(i), images[i], 1, 1, 1, 1))
                .toList();
        long all = classes.stream().mapToLong(ClassMetrics::support).sum();
        return new Metrics(all, 0, 1, 0, 1, 1, 1, 1, classes, List.of());
    }

    /** Of 30 images of cats and dogs the candidate read all but 2, the current model all but 1. */
    private static List<String> notes(long birds, long both, long readByCurrent) {
        Metrics candidate = metrics(List.of("bird", "cat", "dog"), birds, 14, 14);
        Metrics current = metrics(List.of("cat", "dog"), 13, 14);
        Comparison comparison = new Comparison(candidate, current, new PairedTest(both, 0, 0, 1), List.of());
        return LeftOut.of(comparison, candidate, readByCurrent).notes();
    }

    @Test
    void imagesThatDoNotCountAreNoted() {
        assertThat(notes(20, 27, 29))
                .containsExactly(
                        "Note: 20 test images of classes that the current model does not know are left out of the"
                                + " comparison: bird",
                        "Note: 3 test images that only one of the two models could read are left out of the comparison");
        assertThat(notes(1, 27, 27))
                .containsExactly(
                        "Note: 1 test image of classes that the current model does not know is left out of the"
                                + " comparison: bird",
                        "Note: 1 test image that only one of the two models could read is left out of the comparison");
    }

    @Test
    void aClassWithoutTestImagesIsNoted() {
        Metrics candidate = metrics(List.of("bird", "cat", "dog", "owl"), 0, 14, 14, 0);
        Metrics current = metrics(List.of("bird", "cat", "dog"), 0, 14, 14);
        Comparison comparison = new Comparison(candidate, current, new PairedTest(28, 0, 0, 1), List.of());
        assertThat(LeftOut.of(comparison, candidate, 28).notes())
                .containsExactly(
                        "Warning: there is no test image of bird, so that nobody knows whether the new version is"
                                + " worse at it");
    }

    @Test
    void nothingIsNotedWhereAllCount() {
        assertThat(notes(0, 28, 28)).isEmpty();
    }
}
