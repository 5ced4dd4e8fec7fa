package dev.graft.publish;

import dev.graft.storage.FileDigest;
import dev.graft.storage.NetworkWriter;
import dev.graft.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** Writes the files of one bundle into a new directory, the index last. */
final class BundleWriter {
    private final Storage storage;
    private final Path directory;
    private final ModelDescription description;
    private final SortedMap<String, FileDigest> written = new TreeMap<>();

    BundleWriter(Storage storage, Path directory, ModelDescription description) {
        this.storage = storage;
        this.directory = directory;
        this.description = description;
    }

    /** Writes the first file; false when the directory is another bundle's. */
    boolean claim() throws IOException {
        try {
            write(BundleFiles.LABELS, Json.write(description.labels()));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /** Writes the other files. */
    void complete(NetworkWriter network) throws IOException {
        write(BundleFiles.PREPROCESSING, Json.write(description.preprocessing()));
        write(BundleFiles.SETTINGS, description.settings().getBytes(StandardCharsets.UTF_8));
        writeOptional(BundleFiles.METRICS, description.metrics());
        writeOptional(BundleFiles.HISTORY, description.history());
        write(BundleFiles.PROVENANCE, Json.write(description.provenance()));
        write(BundleFiles.NETWORK, network);
        write(BundleFiles.INDEX, Json.write(new BundleIndex(BundleIndex.FORMAT, version(), written)));
    }

    private void writeOptional(String name, @Nullable String text) throws IOException {
        if (text != null) {
            write(name, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    String version() {
        return directory.getName();
    }

    Path directory() {
        return directory;
    }

    private void write(String name, byte[] content) throws IOException {
        write(name, out -> out.write(content));
    }

    private void write(String name, NetworkWriter content) throws IOException {
        written.put(name, storage.create(new Path(directory, name), content));
    }
}
