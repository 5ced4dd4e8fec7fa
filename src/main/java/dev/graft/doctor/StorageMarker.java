package dev.graft.doctor;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A small file in a storage of the run that the driver writes and every executor must find.
 *
 * @param uri of the storage
 * @param file URI of the file
 */
record StorageMarker(String uri, String file) implements Serializable {
    private static final long serialVersionUID = 1;

    static StorageMarker in(String uri) {
        return new StorageMarker(uri, newFile(uri).toString());
    }

    private static Path newFile(String uri) {
        return new Path(uri, ".graft-doctor-" + UUID.randomUUID());
    }

    /** Finds the marker, then writes, reads and deletes a file beside it. */
    StorageVisit visit(Configuration hadoop) {
        try {
            Path marker = new Path(file);
            FileSystem storage = marker.getFileSystem(hadoop);
            requireContent(storage, marker);
            Path own = newFile(uri);
            write(storage, own);
            requireContent(storage, own);
            delete(storage, own);
            return StorageVisit.good(uri);
        } catch (FileNotFoundException e) {
            Trouble trouble = Trouble.of(e) == Trouble.REFUSED ? Trouble.REFUSED : Trouble.NOT_SHARED;
            return new StorageVisit(uri, trouble, e.toString());
        } catch (IOException | RuntimeException | LinkageError e) {
            return StorageVisit.failed(uri, e);
        }
    }

    void write(Configuration hadoop) throws IOException {
        Path path = new Path(file);
        write(path.getFileSystem(hadoop), path);
    }

    void delete(Configuration hadoop) throws IOException {
        Path path = new Path(file);
        delete(path.getFileSystem(hadoop), path);
    }

    private static void write(FileSystem storage, Path path) throws IOException {
        try (OutputStream out = storage.create(path, false)) {
            out.write(content(path));
        }
    }

    private static void requireContent(FileSystem storage, Path path) throws IOException {
        try (InputStream in = storage.open(path)) {
            if (!Arrays.equals(in.readNBytes(content(path).length + 1), content(path))) {
                throw new IOException(path + " has other bytes than were written");
            }
        }
    }

    private static void delete(FileSystem storage, Path path) throws IOException {
        if (!storage.delete(path, false)) {
            throw new IOException(path + " cannot be deleted");
        }
    }

    private static byte[] content(Path path) {
        return path.getName().getBytes(StandardCharsets.UTF_8);
    }
}
