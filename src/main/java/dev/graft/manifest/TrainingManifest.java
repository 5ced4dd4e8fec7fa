package dev.graft.manifest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import dev.graft.settings.InvalidInputException;
import dev.graft.settings.ShownText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The classes of a manifest that a head can be trained on.
 *
 * @param labels the classes, sorted; a class's place here is its index in the head's output
 */
public record TrainingManifest(List<String> labels, ImageCounts images) {
    static final int MAX_CLASSES = 100_000;

    private static final int SHOWN_CLASSES = 10;

    /**
     * Counts the images of each class and refuses what cannot be trained on.
     *
     * @param manifest a manifest as {@link ManifestReader} returns it
     * @throws InvalidInputException if rows have no label, a class has no training image, or there are fewer than two
     *     classes
     */
    public static TrainingManifest check(Dataset<Row> manifest) {
        return JobDescription.during(manifest.sparkSession(), "Count images by class", () -> checked(manifest));
    }

    private static TrainingManifest checked(Dataset<Row> manifest) {
        List<Row> counts = manifest.groupBy(ManifestColumns.SPLIT, ManifestColumns.LABEL)
                .agg(count(lit(1)).as(ImageCounts.IMAGES))
                .limit(MAX_CLASSES + 1)
                .collectAsList();
        if (counts.size() > MAX_CLASSES) {
            throw new InvalidInputException(
                    "Invalid manifest: more than %d labels (is manifest.columns.label the column of classes?)"
                            .formatted(MAX_CLASSES));
        }
        refuseUnlabelled(manifest, counts);
        ImageCounts images = ImageCounts.ofRows(counts);
        TrainingManifest checked = new TrainingManifest(images.labels(), images);
        checked.refuseUntrainable();
        return checked;
    }

    private static void refuseUnlabelled(Dataset<Row> manifest, List<Row> counts) {
        long unlabelled = counts.stream()
                .filter(row -> row.getAs(ManifestColumns.LABEL) == null)
                .mapToLong(row -> row.<Long>getAs(ImageCounts.IMAGES))
                .sum();
        if (unlabelled > 0) {
            String example = manifest.filter(col(ManifestColumns.LABEL).isNull())
                    .select(ManifestColumns.URI)
                    .first()
                    .getString(0);
            throw new InvalidInputException(
                    "Invalid manifest: rows without a label: %d, such as %s (training needs a label on every row)"
                            .formatted(unlabelled, example));
        }
    }

    private void refuseUntrainable() {
        List<String> problems = new ArrayList<>();
        List<String> empty = labels.stream()
                .filter(label -> images.count(Split.TRAIN, label) == 0)
                .toList();
        if (!empty.isEmpty()) {
            problems.add("Invalid manifest: classes without a training image: %d of %d: %s (add some, or remove them)"
                    .formatted(empty.size(), labels.size(), shown(empty)));
        }
        if (labels.size() < 2) {
            problems.add("Invalid manifest: %s (training needs at least two classes)".formatted(shown(labels)));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(String.join("\n", problems));
        }
    }

    private String shown(List<String> classes) {
        String more = classes.size() > SHOWN_CLASSES ? ", ..." : "";
        return classes.stream().limit(SHOWN_CLASSES).map(this::counted).collect(Collectors.joining(", ")) + more;
    }

    private String counted(String label) {
        return "'%s' (train %d, validation %d, test %d)"
                .formatted(
                        ShownText.name(label),
                        images.count(Split.TRAIN, label),
                        images.count(Split.VALIDATION, label),
                        images.count(Split.TEST, label));
    }
}
