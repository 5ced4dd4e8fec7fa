package dev.graft.manifest;

import dev.graft.settings.InvalidInputException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/**
 * How many files the class folders have.
 *
 * @param rows rows of folder, label, split, note, images and example
 */
record FolderCounts(List<Row> rows) {
    static final String EXAMPLE = "example";

    private static final String COUNT = ImageCounts.IMAGES;

    /** @throws InvalidInputException if an executor cannot list a folder */
    ImageCounts images() {
        rows.stream()
                .filter(row -> FolderListing.REFUSED.equals(row.getAs(FolderListing.NOTE)))
                .map(row -> row.<String>getAs(EXAMPLE))
                .min(String::compareTo)
                .ifPresent(reason -> {
                    throw new InvalidInputException(reason);
                });
        return ImageCounts.ofRows(rows.stream().filter(FolderCounts::isImages).toList());
    }

    /** Notes what is no image, and the class folders that have none. */
    void addTo(ListingNotes notes, List<ClassFolder> folders) {
        for (Row row : rows) {
            String note = row.getAs(FolderListing.NOTE);
            if (note != null) {
                notes.add(ListingNote.Kind.valueOf(note), row.<Long>getAs(COUNT), row.getAs(EXAMPLE));
            }
        }
        Set<String> filled = rows.stream()
                .filter(FolderCounts::isImages)
                .map(row -> row.<String>getAs(FolderListing.FOLDER))
                .collect(Collectors.toSet());
        folders.stream()
                .map(folder -> folder.path().toString())
                .filter(folder -> !filled.contains(folder))
                .forEach(folder -> notes.add(ListingNote.Kind.EMPTY_CLASSES, folder));
    }

    private static boolean isImages(Row row) {
        String note = row.getAs(FolderListing.NOTE);
        return note == null || ListingNote.Kind.valueOf(note).isImage();
    }
}
