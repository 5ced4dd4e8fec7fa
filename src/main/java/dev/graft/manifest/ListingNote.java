package dev.graft.manifest;

import dev.graft.settings.ShownText;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Something to know about a directory of images: what is there and did not become an image, and why.
 *
 * @param count how many files or folders it is so of
 * @param examples uris of the first few
 */
public record ListingNote(Kind kind, long count, List<String> examples) {

    public ListingNote {
        Objects.requireNonNull(kind, "a note has no kind");
        examples = List.copyOf(examples);
    }

    /** What is so of a file or a folder. */
    public enum Kind {
        /** Their suffix is that of no image. */
        NOT_IMAGES("ignored %d file that is no image", "ignored %d files that are not images"),
        /** Their name, or that of a folder above them, is hidden or one that a system makes. */
        HIDDEN_FILES("ignored %d file that is hidden", "ignored %d files that are hidden"),
        /** Their name is hidden or one that a system makes. */
        HIDDEN_FOLDERS("ignored %d folder that is hidden", "ignored %d folders that are hidden"),
        /** Spark writes such directories. */
        TABLES("ignored %d folder that is a Parquet file", "ignored %d folders that are Parquet files"),
        /** They lie beside the class folders. */
        OUTSIDE_CLASSES(
                "ignored %d image that lies in no class folder", "ignored %d images that lie in no class folder"),
        /** They lead to nothing that is there, and are not named like images. */
        DANGLING_LINKS("ignored %d link that leads nowhere", "ignored %d links that lead nowhere"),
        /** They lead to a folder whose images are listed where they are. */
        REPEATED_FOLDERS(
                "ignored %d link to a folder that is listed itself",
                "ignored %d links to folders that are listed themselves"),
        /** The bytes of their names are not UTF-8, so that no manifest can name them. */
        UNNAMED(
                "ignored %d file or folder whose name is not UTF-8",
                "ignored %d files or folders whose names are not UTF-8"),
        /** They have no images. */
        EMPTY_CLASSES("ignored %d class folder without images", "ignored %d class folders without images"),
        /** They are images of their class, in a folder that is called like a split and lies too deep to be one. */
        NESTED_SPLITS(
                "%d image lies in a folder called like a split below a class folder, which is not its split",
                "%d images lie in folders called like splits below class folders, which are not their splits"),
        /** They may have been meant as splits; a split has class folders in it. */
        SPLITS_WITHOUT_CLASSES(
                "%d folder called like a split has no class folders in it and is a class",
                "%d folders called like splits have no class folders in them and are classes"),
        /** Class folders whose names differ in upper and lower case alone. */
        SPELLED_TWICE(
                "%d class is spelled in upper and lower case in more than one way, and each spelling is a class of its own",
                "%d classes are spelled in upper and lower case in more than one way, and each spelling is a class of its own"),
        /** They are the splits, whatever shares the settings name. */
        GIVEN_SPLITS(
                "manifest.split is not used: %d folder is a split",
                "manifest.split is not used: %d folders are the splits");

        private final String ofOne;
        private final String ofMany;

        Kind(String ofOne, String ofMany) {
            this.ofOne = ofOne;
            this.ofMany = ofMany;
        }

        /** Whether a file of which it is so is an image for all that. */
        boolean isImage() {
            return this == NESTED_SPLITS;
        }
    }

    /** One line for people. */
    public String text() {
        String named = examples.stream().map(ShownText::name).collect(Collectors.joining(", "));
        return String.format(Locale.ROOT, count == 1 ? kind.ofOne : kind.ofMany, count) + ", such as " + named;
    }
}
