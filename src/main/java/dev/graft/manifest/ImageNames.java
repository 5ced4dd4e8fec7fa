package dev.graft.manifest;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the names of files and folders say about the images in a directory. */
final class ImageNames {
    private static final Set<String> SUFFIXES = Set.of("jpg", "jpeg", "jpe", "jfif", "png", "bmp", "gif", "webp");

    /** What archives, file systems, network storages and Spark leave in directories. */
    private static final Set<String> OF_SYSTEMS = Set.of(
            "__MACOSX",
            "lost+found",
            "@eaDir",
            "#recycle",
            "#snapshot",
            "@Recycle",
            "$RECYCLE.BIN",
            "System Volume Information",
            "_SUCCESS",
            "_temporary");

    /** A manifest that a killed run left, see {@link ManifestFile}. */
    private static final Pattern UNFINISHED = Pattern.compile("_.+\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private ImageNames() {}

    /** Whether Spark takes a file of a table for none of its data. */
    static boolean isHidden(String name) {
        return name.startsWith(".") || name.startsWith("_");
    }

    /** Whether a file is no image, and a folder no folder of images, whatever is in it. */
    static boolean isPassedOver(String name) {
        return name.startsWith(".")
                || OF_SYSTEMS.contains(name)
                || UNFINISHED.matcher(name).matches();
    }

    static boolean isImage(String name) {
        int dot = name.lastIndexOf('.');
        return dot >= 0 && SUFFIXES.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    /** What is to be noted of a file at {@code path}, relative to a class folder; null where it is but an image. */
    static ListingNote.@Nullable Kind note(String path) {
        String[] names = path.split("/");
        if (Arrays.stream(names).anyMatch(ImageNames::isPassedOver)) {
            return ListingNote.Kind.HIDDEN_FILES;
        }
        if (!isImage(names[names.length - 1])) {
            return ListingNote.Kind.NOT_IMAGES;
        }
        return Arrays.stream(names, 0, names.length - 1).anyMatch(ImageNames::isSplit)
                ? ListingNote.Kind.NESTED_SPLITS
                : null;
    }

    private static boolean isSplit(String folder) {
        return Split.ofFolder(folder).isPresent();
    }
}
