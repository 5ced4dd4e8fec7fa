package dev.graft.manifest;

import dev.graft.settings.InvalidInputException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/**
 * How many files the class folders have.
 *
 * @param rows rows of folder, label, split, images and others, these being the files that are no images
 */
record FolderCounts(List<Row> rows) {
    static final String OTHERS = "others";

    private static final int SHOWN_FOLDERS = 10;

    ImageCounts images() {
        return ImageCounts.ofRows(rows);
    }

    long others() {
        return rows.stream().mapToLong(row -> row.<Long>getAs(OTHERS)).sum();
    }

    void refuseEmpty(List<ClassFolder> folders) {
        Set<String> filled = rows.stream()
                .filter(row -> row.<Long>getAs(ImageCounts.IMAGES) > 0)
                .map(row -> row.<String>getAs(FolderListing.FOLDER))
                .collect(Collectors.toSet());
        List<String> empty = folders.stream()
                .map(folder -> folder.path().toString())
                .filter(folder -> !filled.contains(folder))
                .toList();
        if (!empty.isEmpty()) {
            String shown = empty.stream().limit(SHOWN_FOLDERS).collect(Collectors.joining(", "));
            String more = empty.size() > SHOWN_FOLDERS ? ", ..." : "";
            throw new InvalidInputException(
                    "Invalid class folders: %s%s (no images in %d of %d folders; add some, or remove the folders)"
                            .formatted(shown, more, empty.size(), folders.size()));
        }
    }
}
