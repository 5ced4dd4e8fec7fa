package dev.graft.publish;

import dev.graft.storage.NetworkWriter;
import dev.graft.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.Path;

/** One version of a model; every file of it was verified when it was opened. */
public final class ModelBundle {
    private final Storage storage;
    private final Path directory;
    private final String version;
    private final ModelDescription description;

    ModelBundle(Storage storage, Path directory, String version, ModelDescription description) {
        this.storage = storage;
        this.directory = directory;
        this.version = version;
        this.description = description;
    }

    /** The id under which it was published: {@code yyyyMMdd-HHmmss-xxxxxx} in UTC. */
    public String version() {
        return version;
    }

    /** The directory of this version, which never changes, unlike what the model's name stands for. */
    public String uri() {
        return directory.toString();
    }

    public ModelDescription description() {
        return description;
    }

    /** The bytes the {@link NetworkWriter} wrote; the caller closes the stream. */
    public InputStream openNetwork() throws IOException {
        return storage.open(new Path(directory, BundleFiles.NETWORK));
    }
}
