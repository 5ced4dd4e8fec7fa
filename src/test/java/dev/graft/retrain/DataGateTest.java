package dev.graft.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.evaluate.ClassChanges;
import dev.graft.evaluate.PromotionRule;
import dev.graft.features.NearDuplicates;
import dev.graft.forward.Accounting;
import dev.graft.manifest.ImageCounts;
import dev.graft.manifest.Split;
import dev.graft.pipeline.CheckSettings;
import dev.graft.report.DataFindings;
import dev.graft.report.DataFindings.Additions;
import dev.graft.report.DataFindings.Ambiguous;
import dev.graft.report.DataFindings.Drift;
import dev.graft.report.DataFindings.Rejects;
import dev.graft.report.DataFindings.SharedContents;
import dev.graft.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DataGateTest {
    private static final ImageCounts COUNTS = new ImageCounts(Map.of(
            Split.TRAIN,
            new TreeMap<>(Map.of("cat", 900L, "dog", 100L)),
            Split.TEST,
            new TreeMap<>(Map.of("cat", 100L))));
    private static final SharedContents NOT_SHARED = new SharedContents(100, 0, List.of());
    private static final NearDuplicates NOT_NEAR = new NearDuplicates(100, 0, List.of());

    private static DataGate gate(String... assignments) {
        List<String> all = new ArrayList<>(List.of(assignments));
        Settings settings = Settings.load(List.of(), all);
        return new DataGate(CheckSettings.from(settings), PromotionRule.from(settings), 0.05);
    }

    private static DataFindings found(
            SharedContents shared, NearDuplicates near, @Nullable Drift drift, @Nullable Additions additions) {
        return new DataFindings(
                COUNTS,
                new Rejects(Map.of(), List.of()),
                shared,
                near,
                new ClassChanges(List.of(), List.of()),
                new Ambiguous(0, 1100, List.of()),
                drift,
                additions,
                List.of());
    }

    @Test
    void dataWithinItsLimitsPasses() {
        assertThat(gate().objections(found(
                        new SharedContents(100, 5, List.of()),
                        new NearDuplicates(100, 5, List.of()),
                        new Drift("before", 2200, 0.1, "dog (0.200 to 0.100)", 0.25),
                        new Additions(90, 10, 1190, 0, 100, 10, List.of()))))
                .isEmpty();
        assertThat(gate().objections(found(NOT_SHARED, NOT_NEAR, null, null))).isEmpty();
    }

    @Test
    void eachLimitThatIsExceededIsNamedWithItsKey() {
        List<String> objections = gate("checks.min-class-share=0.2", "checks.max-near-duplicate-share=0.05")
                .objections(found(
                        new SharedContents(100, 6, List.of()),
                        new NearDuplicates(100, 7, List.of()),
                        new Drift("20260314-030000-ab", 2201, 0.125, "dog (0.225 to 0.100)", 0.5),
                        new Additions(80, 21, 1181, 0, 100, 11, List.of())));
        assertThat(objections)
                .containsExactly(
                        "only 100 of 1,000 training images are of class dog (checks.min-class-share = 0.2)",
                        "6 of 100 test images stand among the training images too (checks.max-leaked-share = 0.05)",
                        "7 of 100 test images that were looked at have a near duplicate among the training images"
                                + " (checks.max-near-duplicate-share = 0.05)",
                        "1,100 images can be decoded, and there were 2,201 in run 20260314-030000-ab"
                                + " (checks.max-removed-share = 0.5)",
                        "the shares of the classes have moved by 0.125 since run 20260314-030000-ab,"
                                + " those of dog (0.225 to 0.100) most (checks.max-class-drift = 0.1)",
                        "the features of the training images have moved by 0.500 standard deviations since run"
                                + " 20260314-030000-ab (checks.max-feature-drift = 0.25)",
                        "the current model contradicts the labels of 11 of 100 images of its classes that were added or"
                                + " relabelled since it was promoted; in all 80 were added and 21 relabelled"
                                + " (checks.max-contradicted-share = 0.1)");
    }

    @Test
    void aFewContradictedLabelsRefuseNothingHoweverFewWereAdded() {
        Additions few = new Additions(9, 0, 0, 0, 9, 9, List.of());
        assertThat(gate().objections(found(NOT_SHARED, NOT_NEAR, null, few))).isEmpty();
        assertThat(gate("checks.min-contradicted=9").objections(found(NOT_SHARED, NOT_NEAR, null, few)))
                .hasSize(1);
    }

    @Test
    void featuresThatCannotBeComparedAreNoObjection() {
        Drift drift = new Drift("before", 0, 0, "", Double.NaN);
        assertThat(gate().objections(found(NOT_SHARED, NOT_NEAR, drift, null))).isEmpty();
    }

    @Test
    void tooManyImagesThatCannotBeReadRefuseTheRest() {
        assertThat(gate().rejected(new Accounting(1100, 5, 1040, 55, 0))).isEmpty();
        assertThat(gate().rejected(new Accounting(1100, 0, 1044, 56, 0)))
                .containsExactly("56 of 1,100 images cannot be read or decoded (decode.max-rejected-share = 0.05)");
    }
}
