package dev.graft.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A local file of figures that a collector may read at any time: it is replaced whole. Where that fails, the run has
 * ended as it has all the same.
 */
record FigureFile(Path path) {
    FigureFile(String path) {
        this(Path.of(path));
    }

    void write(String figures) {
        Path directory = path.toAbsolutePath().getParent();
        try {
            Files.createDirectories(directory);
            Path unfinished =
                    path.resolveSibling("." + path.getFileName() + ".unfinished"); // one that was left is replaced
            Files.writeString(unfinished, figures);
            Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Terminal.err("Cannot write " + path + " (retrain.prometheus-file): " + e + forget());
        }
    }

    /** Figures of an earlier run would say what is not so. */
    private String forget() {
        try {
            Files.deleteIfExists(path.resolveSibling("." + path.getFileName() + ".unfinished"));
            return Files.deleteIfExists(path) ? "; the figures of an earlier run were removed" : "";
        } catch (IOException e) {
            return "; those of an earlier run are still there";
        }
    }
}
