package dev.graft.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the suites have their photos from: those of the user's directory, or drawings. */
final class Photos {
    /** Drawings that differ; where more photos are wanted, they come again. */
    private static final int DRAWINGS = 200;

    private final Optional<Path> given;
    private final Path work;
    private final Progress progress;
    private final Map<Integer, PhotoFolder> folders = new HashMap<>();
    private List<Path> sources = List.of();

    Photos(BenchSettings settings, Progress progress) {
        this.given = settings.images();
        this.work = settings.work();
        this.progress = progress;
    }

    /** As many photos, each a file of its own; the same directory for every suite that asks for that many. */
    PhotoFolder folder(int count) throws IOException {
        PhotoFolder folder = folders.get(count);
        if (folder == null) {
            folder = PhotoFolder.fill(work.resolve("photos-" + count), sources(), count);
            folders.put(count, folder);
        }
        return folder;
    }

    /** What they are, for the reader of the table. */
    String description() {
        return given.map(directory -> "photos of " + directory)
                .orElse("drawings of 500 x 375 pixels (no --images given)");
    }

    private List<Path> sources() throws IOException {
        if (sources.isEmpty()) {
            sources = given.isPresent() ? find(given.get()) : draw();
        }
        return sources;
    }

    private static List<Path> find(Path directory) throws IOException {
        List<Path> photos = PhotoFolder.photosBelow(directory);
        if (photos.isEmpty()) {
            throw new BenchmarkException("Invalid --images: " + directory + " (it has no .jpg or .jpeg files)");
        }
        return photos;
    }

    private List<Path> draw() throws IOException {
        progress.say("drawing " + DRAWINGS + " pictures in place of photos");
        return DrawnPhotos.write(work.resolve("drawings"), DRAWINGS);
    }
}
