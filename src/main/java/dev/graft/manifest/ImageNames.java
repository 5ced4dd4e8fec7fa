package dev.graft.manifest;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** Which file names are those of images. */
final class ImageNames {
    private static final Set<String> SUFFIXES = Set.of("jpg", "jpeg", "jpe", "jfif", "png", "bmp", "gif", "webp");

    private ImageNames() {}

    static boolean isHidden(String name) {
        return name.startsWith(".") || name.startsWith("_");
    }

    /** Whether {@code path}, relative to a class folder, is that of an image; nothing in a hidden folder is. */
    static boolean isImage(String path) {
        String[] names = path.split("/");
        return Arrays.stream(names).noneMatch(ImageNames::isHidden) && hasImageSuffix(names[names.length - 1]);
    }

    private static boolean hasImageSuffix(String name) {
        int dot = name.lastIndexOf('.');
        return dot >= 0 && SUFFIXES.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }
}
