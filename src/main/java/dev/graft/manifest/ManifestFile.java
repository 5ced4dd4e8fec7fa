package dev.graft.manifest;

import dev.graft.settings.InvalidInputException;
import dev.graft.storage.LocalDiskException;
import dev.graft.storage.QualifiedPath;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A manifest that is to be written: whole under its name, or not at all. */
final class ManifestFile {
    /** Writes the manifest to the path given. */
    @FunctionalInterface
    interface Content {
        void writeTo(Path path) throws IOException;
    }

    private final FileSystem files;
    private final Path path;
    private final ExistingManifest existing;

    /** Writes no checksums beside the manifest: people edit it. */
    ManifestFile(QualifiedPath manifest, ExistingManifest existing) {
        this.files = manifest.withoutChecksums().files();
        this.path = manifest.path();
        this.existing = existing;
    }

    /** Refuses early what {@link #write} would refuse late. */
    void check() throws IOException {
        if (existing == ExistingManifest.REFUSE && files.exists(path)) {
            throw new InvalidInputException(
                    "Cannot write manifest %s: it exists already (--overwrite replaces it)".formatted(path));
        }
    }

    /** Writes beside the final name, hidden, then renames. */
    void write(Content content) throws IOException {
        Path unfinished = new Path(path.getParent(), "_" + path.getName() + "." + UUID.randomUUID());
        try {
            content.writeTo(unfinished);
            check();
            files.delete(path, true);
            files.delete(checksums(), false);
            if (!files.rename(unfinished, path)) {
                throw new IOException("Cannot rename " + unfinished + " to " + path);
            }
        } catch (FSError e) {
            throw new LocalDiskException(path, e);
        } finally {
            files.delete(unfinished, true);
        }
    }

    /** Where an earlier release may have left the checksums of the manifest that was here. */
    private Path checksums() {
        return new Path(path.getParent(), "." + path.getName() + ".crc");
    }

    void writeLines(Path unfinished, List<String> header, Iterator<String> lines) throws IOException {
        try (Writer writer =
                new BufferedWriter(new OutputStreamWriter(files.create(unfinished, false), StandardCharsets.UTF_8))) {
            for (String line : header) {
                writeLine(writer, line);
            }
            while (lines.hasNext()) {
                writeLine(writer, lines.next());
            }
        }
    }

    private void writeLine(Writer writer, String line) throws IOException {
        writer.write(oneLine(line));
        writer.write('\n');
    }

    private String oneLine(String line) {
        if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
            throw new InvalidInputException(
                    "Cannot write manifest %s: a file name has a line break: %s (write .jsonl or .parquet)"
                            .formatted(path, line));
        }
        return line;
    }
}
