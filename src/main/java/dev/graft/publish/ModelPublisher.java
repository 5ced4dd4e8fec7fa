package dev.graft.publish;

import dev.graft.settings.InvalidInputException;
import dev.graft.storage.NetworkWriter;
import dev.graft.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * Publishes versions of one model.
 *
 * <p>A version is written whole to {@code REGISTRY/NAME/versions/ID}; it is there once its index is, which is written last.
 * {@link ModelRegistry#promote} makes it the current one.
 */
public final class ModelPublisher {
    private final String model;
    private final ModelLocation location;
    private final Storage storage;
    private final VersionIds ids;

    /**
     * Checks where the model will go, so that a long run does not end with a mistyped URI.
     *
     * @param model {@code REGISTRY/NAME} on any Hadoop file system
     * @throws InvalidInputException when it cannot be published to
     */
    public ModelPublisher(String model, Configuration hadoop) {
        this(model, hadoop, new VersionIds());
    }

    ModelPublisher(String model, Configuration hadoop, VersionIds ids) {
        this.model = model;
        this.location = ModelLocation.parseWithoutVersion(model);
        this.ids = ids;
        try {
            storage = Storage.of(location.root(), hadoop);
        } catch (UnsupportedFileSystemException e) {
            throw new InvalidInputException("Cannot publish model " + model + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Writes a version and returns its id; {@link ModelRegistry#promote} makes it the current one. */
    public String add(ModelDescription description, NetworkWriter network) {
        try {
            BundleWriter bundle = claim(description);
            complete(bundle, network);
            return bundle.version();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private BundleWriter claim(ModelDescription description) throws IOException {
        while (true) {
            Path directory = location.versionDirectory(ids.next());
            BundleWriter bundle = new BundleWriter(storage, directory, description);
            if (bundle.claim()) {
                return bundle;
            }
        }
    }

    /**
     * Removes what was written when it fails.
     */
    private void complete(BundleWriter bundle, NetworkWriter network) throws IOException {
        try {
            bundle.complete(network);
        } catch (IOException | RuntimeException failure) {
            try {
                storage.delete(bundle.directory());
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
            throw failure;
        }
    }

    private UncheckedIOException failure(IOException cause) {
        return new UncheckedIOException("Cannot publish model " + model + ": " + cause.getMessage(), cause);
    }
}
