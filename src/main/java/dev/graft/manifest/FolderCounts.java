package dev.graft.manifest;

import dev.graft.settings.InvalidInputException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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

    /** Notes what is no image, the class folders that have none, and those whose names differ in case alone. */
    void addTo(ListingNotes notes, List<ClassFolder> folders) {
        for (Row row : rows) {
            String note = row.getAs(FolderListing.NOTE);
            if (note != null) {
                notes.add(ListingNote.Kind.valueOf(note), row.<Long>getAs(COUNT), row.<String>getAs(EXAMPLE));
            }
        }
        Set<String> filled = rows.stream()
                .filter(FolderCounts::isImages)
                .map(row -> row.<String>getAs(FolderListing.FOLDER))
                .collect(Collectors.toSet());
        Map<String, SortedMap<String, String>> spellings = new TreeMap<>();
        for (ClassFolder folder : folders) {
            String path = folder.path().toString();
            if (filled.contains(path)) {
                spellings
                        .computeIfAbsent(LabelSpellings.lowerCase(folder.label()), any -> new TreeMap<>())
                        .putIfAbsent(folder.label(), path);
            } else {
                notes.add(ListingNote.Kind.EMPTY_CLASSES, path);
            }
        }
        addTo(notes, spellings.values());
    }

    /** The examples are the folders of one class, of which there are two at least. */
    private static void addTo(ListingNotes notes, Collection<SortedMap<String, String>> spellings) {
        List<SortedMap<String, String>> twice =
                spellings.stream().filter(each -> each.size() > 1).toList();
        if (!twice.isEmpty()) {
            notes.add(ListingNote.Kind.SPELLED_TWICE, twice.size(), twice.get(0).values());
        }
    }

    private static boolean isImages(Row row) {
        String note = row.getAs(FolderListing.NOTE);
        return note == null || ListingNote.Kind.valueOf(note).isImage();
    }
}
