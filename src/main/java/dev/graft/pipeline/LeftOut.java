package dev.graft.pipeline;

import dev.graft.evaluate.ClassMetrics;
import dev.graft.evaluate.Comparison;
import dev.graft.evaluate.Metrics;
import dev.graft.settings.ShownText;
import java.util.ArrayList;
import java.util.List;

/**
 * The test images that do not count where a candidate is held against the current model.
 *
 * @param unknown images of classes that the current model does not know
 * @param classes those classes
 * @param untested classes that both know, and of which there is no test image
 * @param readByOne images that only one of the two models could read
 */
record LeftOut(long unknown, List<String> classes, List<String> untested, long readByOne) {
    LeftOut {
        classes = List.copyOf(classes);
        untested = List.copyOf(untested);
    }

    /**
     * What a comparison leaves out.
     *
     * @param candidate its metrics on all that it could read
     * @param readByCurrent how many images of classes that it knows the current model could read
     */
    static LeftOut of(Comparison comparison, Metrics candidate, long readByCurrent) {
        List<String> gained = comparison.classes().gained();
        long unknown = candidate.classes().stream()
                .filter(each -> gained.contains(each.label()))
                .mapToLong(ClassMetrics::support)
                .sum();
        List<String> untested = comparison.candidate().classes().stream()
                .filter(each -> each.support() == 0)
                .map(ClassMetrics::label)
                .filter(comparison.current().labels()::contains)
                .toList();
        long readByCandidate = candidate.images() - unknown;
        return new LeftOut(
                unknown,
                gained,
                untested,
                readByCandidate + readByCurrent - 2 * comparison.paired().images());
    }

    /** For people; none where nothing is left out. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (unknown > 0) {
            notes.add("Note: " + images(unknown) + " of classes that the current model does not know " + are(unknown)
                    + " left out of the comparison: " + ShownText.names(classes));
        }
        if (!untested.isEmpty()) {
            notes.add("Warning: there is no test image of " + ShownText.names(untested)
                    + ", so that nobody knows whether the new version is worse at "
                    + (untested.size() == 1 ? "it" : "them"));
        }
        if (readByOne > 0) {
            notes.add("Note: " + images(readByOne) + " that only one of the two models could read " + are(readByOne)
                    + " left out of the comparison");
        }
        return notes;
    }

    private static String images(long count) {
        return count == 1 ? "1 test image" : count + " test images";
    }

    private static String are(long count) {
        return count == 1 ? "is" : "are";
    }
}
