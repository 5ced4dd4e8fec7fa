package dev.graft.report;

import dev.graft.evaluate.ClassChanges;
import dev.graft.evaluate.ClassMetrics;
import dev.graft.evaluate.Comparison;
import dev.graft.evaluate.Metrics;
import dev.graft.evaluate.PairedTest;
import dev.graft.features.NearDuplicates;
import dev.graft.forward.Accounting;
import dev.graft.manifest.ImageCounts;
import dev.graft.manifest.ListingNote;
import dev.graft.manifest.Split;
import dev.graft.publish.Provenance;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Records of runs that never were. */
final class RunRecords {
    /** A label that would do harm if it were not escaped. */
    static final String HOSTILE = "<script>document.title='harm'</script>";

    private RunRecords() {}

    private static Metrics metrics(double accuracy, double recallOfDogs) {
        return new Metrics(
                200,
                0,
                accuracy,
                0.25,
                0.98,
                0.95,
                0.94,
                0.945,
                List.of(
                        new ClassMetrics(HOSTILE, 100, 0.96, 0.97, 0.965, 0.98),
                        new ClassMetrics("dog", 100, 0.94, recallOfDogs, 0.93, Double.NaN)),
                List.of(List.of(97L, 3L), List.of(8L, 92L)));
    }

    static RunRecord run(Outcome outcome, String... reasons) {
        ImageCounts counts = new ImageCounts(Map.of(
                Split.TRAIN, new TreeMap<>(Map.of(HOSTILE, 1000L, "dog", 1234L)),
                Split.TEST, new TreeMap<>(Map.of(HOSTILE, 100L, "dog", 100L))));
        DataFindings data = new DataFindings(
                counts,
                new DataFindings.Rejects(
                        new TreeMap<>(Map.of("truncated", 2L)),
                        List.of(new DataFindings.Reject(
                                "s3a://photos/" + HOSTILE + ".jpg", "truncated", "after 7 bytes"))),
                new DataFindings.SharedContents(200, 1, List.of("s3a://photos/shared.jpg")),
                new NearDuplicates(200, 1, List.of(new NearDuplicates.Pair("a", "b", 0.991))),
                new ClassChanges(List.of("bird"), List.of(HOSTILE)),
                new DataFindings.Ambiguous(
                        2,
                        2434,
                        List.of(new DataFindings.LabelledTwice(
                                "s3a://photos/one.jpg", "dog", "s3a://photos/two.jpg", HOSTILE))),
                new DataFindings.Drift("20260313-030000-aa", 2300, 0.0123, "dog (0.450 to 0.460)", 0.0456),
                new DataFindings.Additions(
                        200,
                        50,
                        30,
                        0,
                        250,
                        60,
                        List.of(new DataFindings.Suspect("s3a://photos/odd.jpg", "dog", HOSTILE, 0.97))),
                outcome == Outcome.DATA_REFUSED ? List.of(reasons) : List.of());
        String history = """
                {"epoch":1,"loss":0.9,"accuracy":0.6,"validation_loss":0.8,"validation_accuracy":0.7}
                {"epoch":2,"loss":0.5,"accuracy":0.8,"validation_loss":null,"validation_accuracy":null}
                {"epoch":1,"loss":0.4,"accuracy":0.9,"validation_loss":0.3,"validation_accuracy":0.91}
                """;
        return new RunRecord(
                "20260314-030000-bb",
                "s3a://models/pets",
                outcome,
                List.of(reasons),
                Instant.parse("2026-03-14T03:00:00Z"),
                Instant.parse("2026-03-14T03:05:07Z"),
                List.of(
                        new ListingNote(ListingNote.Kind.HIDDEN_FOLDERS, 1, List.of("s3a://photos/.git")),
                        new ListingNote(ListingNote.Kind.NOT_IMAGES, 2, List.of("s3a://photos/" + HOSTILE))),
                List.of("Warning: augment is not used", "Note: " + HOSTILE),
                new Accounting(2436, 200, 2234, 2, 1),
                data,
                "20260314-030400-a1b2c3",
                "20260313-030400-a1b2c3",
                metrics(0.945, 0.92),
                new Comparison(
                        metrics(0.945, 0.92), metrics(0.975, 0.98), new PairedTest(200, 2, 8, 0.109375), List.of()),
                history,
                List.of(new StageTime("extract", 120.5, 2436), new StageTime("head", 8.26, 2234)),
                new Provenance(
                        "sha256:aa",
                        "xception",
                        "sha256:bb",
                        "0123456789abcdef",
                        new TreeMap<>(Map.of("graft", "0.1.0")),
                        42,
                        Instant.EPOCH,
                        "graft retrain",
                        ""),
                "head { epochs = 20 } # " + HOSTILE);
    }
}
