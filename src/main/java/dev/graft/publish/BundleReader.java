package dev.graft.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.graft.settings.InvalidInputException;
import dev.graft.settings.SmallFile;
import dev.graft.storage.FileDigest;
import dev.graft.storage.Storage;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** Reads one bundle and holds every file of it against the index. */
final class BundleReader {
    private final String model;
    private final Storage storage;
    private final Path directory;
    private final BundleIndex index;

    /** The one field that {@code bundle.json} has in every format. */
    record Format(int format) {}

    /**
     * Begins with the index of a bundle.
     *
     * @throws FileNotFoundException when the directory has none, so is no whole bundle
     */
    static BundleReader open(String model, Storage storage, Path directory) throws IOException {
        byte[] index = storage.read(new Path(directory, BundleFiles.INDEX), SmallFile.DESCRIPTION_BYTES);
        return new BundleReader(model, storage, directory, index);
    }

    private BundleReader(String model, Storage storage, Path directory, byte[] index) {
        this.model = model;
        this.storage = storage;
        this.directory = directory;
        this.index = parseIndex(index);
    }

    /** The whole bundle, the network held against its digest too. */
    ModelBundle read() throws IOException {
        verify(BundleFiles.NETWORK);
        return new ModelBundle(storage, directory, index.version(), description());
    }

    /** What it says; the network, which is large, is not read. */
    ModelDescription description() throws IOException {
        return new ModelDescription(
                labels(),
                parse(BundleFiles.PREPROCESSING, Preprocessing.class),
                text(BundleFiles.SETTINGS),
                optional(BundleFiles.METRICS),
                optional(BundleFiles.HISTORY),
                parse(BundleFiles.PROVENANCE, Provenance.class));
    }

    private List<String> labels() throws IOException {
        List<String> labels = Arrays.asList(parse(BundleFiles.LABELS, String[].class));
        if (labels.isEmpty() || labels.contains(null) || Set.copyOf(labels).size() < labels.size()) {
            throw new InvalidInputException(problem(BundleFiles.LABELS + " does not name each class once"));
        }
        return labels;
    }

    /** Reads the format before anything else: another format may have any other fields. */
    private BundleIndex parseIndex(byte[] json) {
        int format = parse(BundleFiles.INDEX, json, Format.class).format();
        if (format > BundleIndex.FORMAT) {
            throw new InvalidInputException(String.format(
                    "Cannot read model %s: it was written by format %d, this Graft reads up to %d",
                    model, format, BundleIndex.FORMAT));
        }
        return parse(BundleFiles.INDEX, json, BundleIndex.class);
    }

    private @Nullable String optional(String name) throws IOException {
        return index.files().containsKey(name) ? text(name) : null;
    }

    private String text(String name) throws IOException {
        return new String(verified(name), StandardCharsets.UTF_8);
    }

    private <T> T parse(String name, Class<T> type) throws IOException {
        return parse(name, verified(name), type);
    }

    private <T> T parse(String name, byte[] json, Class<T> type) {
        try {
            return Json.read(json, type);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(problem(name + " cannot be read: " + e.getOriginalMessage()), e);
        }
    }

    private byte[] verified(String name) throws IOException {
        FileDigest expected = expected(name);
        try {
            byte[] content = storage.read(new Path(directory, name), SmallFile.RECORD_BYTES);
            compare(name, expected, FileDigest.of(new ByteArrayInputStream(content)));
            return content;
        } catch (FileNotFoundException e) {
            throw missing(name, e);
        }
    }

    private void verify(String name) throws IOException {
        FileDigest expected = expected(name);
        try (InputStream in = storage.open(new Path(directory, name))) {
            compare(name, expected, FileDigest.of(in));
        } catch (FileNotFoundException e) {
            throw missing(name, e);
        }
    }

    private FileDigest expected(String name) {
        FileDigest expected = index.files().get(name);
        if (expected == null) {
            throw new InvalidInputException(problem("bundle.json does not list " + name));
        }
        return expected;
    }

    private InvalidInputException missing(String name, FileNotFoundException cause) {
        return new InvalidInputException(
                problem(name + " is missing; it was deleted, or the model was copied only in part"), cause);
    }

    private void compare(String name, FileDigest expected, FileDigest actual) {
        if (expected.bytes() != actual.bytes()) {
            throw new InvalidInputException(problem(String.format(
                    "%s has %d bytes, bundle.json says %d; the file was changed or copied only in part",
                    name, actual.bytes(), expected.bytes())));
        }
        if (!expected.sha256().equals(actual.sha256())) {
            throw new InvalidInputException(problem(String.format(
                    "%s has digest %s, bundle.json says %s; the file was changed or copied only in part",
                    name, actual.sha256(), expected.sha256())));
        }
    }

    private String problem(String reason) {
        return "Cannot open model " + model + ": " + reason;
    }
}
