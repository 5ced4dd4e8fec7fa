package dev.graft.publish;

import dev.graft.settings.InvalidInputException;
import dev.graft.settings.ShownText;
import dev.graft.settings.SmallFile;
import dev.graft.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * Where a model is: {@code REGISTRY/NAME}, or with a version {@code REGISTRY/NAME@VERSION}.
 *
 * @param root the directory of the model, or of one version of it
 */
record ModelLocation(Path root, Optional<String> version) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    static ModelLocation parse(String uri) {
        Path path = path(uri);
        String name = path.getName();
        int at = name.lastIndexOf('@');
        if (at < 1) {
            return new ModelLocation(path, Optional.empty());
        }
        String version = name.substring(at + 1);
        if (!VersionIds.matches(version)) {
            throw invalid(uri, "expected REGISTRY/NAME@VERSION with a version such as " + VersionIds.EXAMPLE);
        }
        return new ModelLocation(new Path(path.getParent(), name.substring(0, at)), Optional.of(version));
    }

    /** A model to publish to; it need not exist, and names no version. */
    static ModelLocation parseWithoutVersion(String uri) {
        Path path = path(uri);
        if (!NAME.matcher(path.getName()).matches()) {
            throw invalid(uri, "expected REGISTRY/NAME with a name of letters, digits, '.', '_' and '-'");
        }
        if (VersionIds.matches(path.getName())) {
            throw invalid(uri, "expected REGISTRY/NAME without a version; a version is written once");
        }
        return new ModelLocation(path, Optional.empty());
    }

    Path current() {
        return new Path(root, "current");
    }

    /**
     * The id of the current version; empty where none was ever published.
     *
     * @throws InvalidInputException when the pointer names none
     */
    Optional<String> readCurrent(Storage storage) throws IOException {
        String version;
        try {
            version = new String(storage.read(current(), SmallFile.NOTE_BYTES), StandardCharsets.UTF_8).strip();
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
        if (!VersionIds.matches(version)) {
            throw new InvalidInputException(String.format(
                    "Cannot open model %s: %s has '%s' (expected a version such as %s)",
                    root, current(), ShownText.name(version), VersionIds.EXAMPLE));
        }
        return Optional.of(version);
    }

    Path versionDirectory(String id) {
        return new Path(new Path(root, "versions"), id);
    }

    private static Path path(String uri) {
        try {
            return new Path(uri);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    "Invalid model URI: '" + uri + "' (expected REGISTRY/NAME on file:, hdfs: or s3a:)", e);
        }
    }

    private static InvalidInputException invalid(String uri, String expectation) {
        return new InvalidInputException("Invalid model URI: " + uri + " (" + expectation + ")");
    }
}
