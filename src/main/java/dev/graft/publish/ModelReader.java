package dev.graft.publish;

import dev.graft.settings.InvalidInputException;
import dev.graft.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/** Opens published models. */
public final class ModelReader {
    private final Configuration hadoop;

    /** @param whenAbsent what to tell the user when the directory has no bundle */
    private record Candidate(Path directory, String whenAbsent) {}

    public ModelReader(Configuration hadoop) {
        this.hadoop = hadoop;
    }

    /** The directory of a model, or of its version where that is what was given; nothing is opened. */
    public static Path directory(String model) {
        return ModelLocation.parse(model).root();
    }

    /**
     * Opens a model and verifies the digest of every file of it, the network's included.
     *
     * @param model {@code REGISTRY/NAME} for the current version, {@code REGISTRY/NAME@VERSION}, or the directory of a
     *     version
     * @throws InvalidInputException when there is no such model, or it is damaged, or a newer Graft wrote it
     */
    public ModelBundle open(String model) {
        ModelLocation location = ModelLocation.parse(model);
        try {
            Storage storage = Storage.of(location.root(), hadoop);
            Candidate candidate = candidate(location, storage);
            Path directory = storage.qualify(candidate.directory());
            return bundle(model, storage, directory, candidate.whenAbsent()).read();
        } catch (UnsupportedFileSystemException e) {
            throw new InvalidInputException("Cannot open model " + model + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open model " + model + ": " + e.getMessage(), e);
        }
    }

    private static Candidate candidate(ModelLocation location, Storage storage) throws IOException {
        if (location.version().isPresent()) {
            String version = location.version().get();
            return new Candidate(
                    location.versionDirectory(version), "there is no version " + version + ", or it is not complete");
        }
        Optional<String> current = location.readCurrent(storage);
        if (current.isPresent()) {
            String version = current.get();
            return new Candidate(
                    location.versionDirectory(version),
                    "its current version " + version + " has no bundle.json; the version was deleted");
        }
        return new Candidate(
                location.root(),
                "there is no current version and no bundle.json"
                        + " (give REGISTRY/NAME, REGISTRY/NAME@VERSION or the directory of a version)");
    }

    private static BundleReader bundle(String model, Storage storage, Path directory, String whenAbsent)
            throws IOException {
        try {
            return BundleReader.open(model, storage, directory);
        } catch (FileNotFoundException e) {
            throw new InvalidInputException("Cannot open model " + model + ": " + whenAbsent, e);
        }
    }
}
