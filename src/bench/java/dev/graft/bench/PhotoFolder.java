package dev.graft.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A directory of JPEG files and their manifest.
 *
 * @param photos the files, in the order of their names
 * @param manifest one that {@code submit/graft} reads, in the same directory
 */
record PhotoFolder(Path directory, List<Path> photos, Path manifest) {
    static final String PHOTO_SUFFIX = ".jpg";

    private static final String MANIFEST = "manifest.csv";

    PhotoFolder {
        photos = List.copyOf(photos);
    }

    /**
     * Makes one out of the photos given: as many files as asked for, taken from all over the list. If it is too short,
     * some are taken again, with a few bytes after their end: the same picture, but another content, since features of
     * the same content are not computed twice.
     */
    static PhotoFolder fill(Path directory, List<Path> given, int count) throws IOException {
        Files.createDirectories(directory);
        List<String> manifest = new ArrayList<>(List.of("uri"));
        for (int i = 0; i < count; i++) {
            int source = given.size() > count ? (int) ((long) i * given.size() / count) : i % given.size();
            String name = String.format(Locale.ROOT, "%06d" + PHOTO_SUFFIX, i);
            Path photo = Files.copy(given.get(source), directory.resolve(name));
            if (i >= given.size()) {
                Files.writeString(photo, name, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
            }

            manifest.add(name);
        }
        Files.write(directory.resolve(MANIFEST), manifest, StandardCharsets.UTF_8);
        return at(directory);
    }

    /** One that is there. */
    static PhotoFolder at(Path directory) throws IOException {
        return new PhotoFolder(directory, photosBelow(directory), directory.resolve(MANIFEST));
    }

    /** The JPEG files of a directory and those below it, in the order of their names. */
    static List<Path> photosBelow(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(PhotoFolder::isPhoto).sorted().toList();
        }
    }

    private static boolean isPhoto(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return (name.endsWith(PHOTO_SUFFIX) || name.endsWith(".jpeg")) && Files.isRegularFile(file);
    }
}
