package dev.graft.manifest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import dev.graft.settings.DataGateException;
import dev.graft.settings.InvalidInputException;
import dev.graft.settings.ShownText;
import dev.graft.spark.JobDescription;
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
     * @throws InvalidInputException if rows have no label
     * @throws DataGateException if a class has no training image, or there are fewer than two classes
     */
    public static TrainingManifest check(Dataset<Row> manifest) {
        TrainingManifest counted = counting(manifest);
        counted.requireTrainable(counted.images());
        return counted;
    }

    /**
     * Counts the images of each class.
     *
     * @throws InvalidInputException if rows have no label
     */
    public static TrainingManifest counting(Dataset<Row> manifest) {
        return JobDescription.during(manifest.sparkSession(), "Count images by class", () -> counted(manifest));
    }

    private static TrainingManifest counted(Dataset<Row> manifest) {
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
        return new TrainingManifest(images.labels(), images);
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

    /**
     * Why nothing can be trained, a sentence each; none where every class has a training image that can be decoded, and
     * there are two of them.
     *
     * @param decoded the images that could be decoded; {@link #images} before anything was
     */
    public List<String> objections(ImageCounts decoded) {
        List<String> objections = new ArrayList<>();
        List<String> empty = without(images);
        if (!empty.isEmpty()) {
            objections.add("classes without a training image: %d of %d: %s (add some, or remove them)"
                    .formatted(empty.size(), labels.size(), shown(empty)));
        }
        List<String> broken = new ArrayList<>(without(decoded));
        broken.removeAll(empty);
        if (!broken.isEmpty()) {
            objections.add(
                    "classes of which no training image can be decoded: %d of %d: %s (mend or add some, or remove"
                                    .formatted(broken.size(), labels.size(), shown(broken))
                            + " them; _rejects has the reasons)");
        }
        if (labels.size() < 2) {
            objections.add("%s (training needs at least two classes)".formatted(shown(labels)));
        }
        return objections;
    }

    private List<String> without(ImageCounts counts) {
        return labels.stream()
                .filter(label -> counts.count(Split.TRAIN, label) == 0)
                .toList();
    }

    /**
     * Refuses what cannot be trained on.
     *
     * @param decoded the images that could be decoded
     * @throws DataGateException with every objection
     */
    public void requireTrainable(ImageCounts decoded) {
        List<String> objections = objections(decoded);
        if (!objections.isEmpty()) {
            throw new DataGateException(
                    objections.stream().map("Invalid manifest: "::concat).collect(Collectors.joining("\n")));
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
