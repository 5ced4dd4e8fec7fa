package dev.graft.manifest;

import dev.graft.settings.UriCredentials;
import java.io.Serializable;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** The directory that holds a manifest: what its relative uris are relative to. */
final class ManifestDirectory implements Serializable {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*", Pattern.DOTALL);

    private final String directory;
    private final String fileSystem;

    private ManifestDirectory(String directory, String fileSystem) {
        this.directory = directory;
        this.fileSystem = fileSystem;
    }

    /** The directory of a manifest whose path is qualified. */
    static ManifestDirectory of(Path manifest) {
        Path parent = manifest.getParent();
        String text = parent.toString();
        String path = parent.toUri().getPath();
        return new ManifestDirectory(
                text.endsWith("/") ? text : text + "/", text.substring(0, text.length() - path.length()));
    }

    /** The absolute uri without user info, or null when {@code written} is empty or no path. */
    @Nullable
    String resolve(@Nullable String written) {
        if (written == null || written.isBlank()) {
            return null;
        }
        try {
            return new Path(UriCredentials.redactedUri(absolute(written))).toString();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The uri to write for an image: relative when it lies beneath this directory, else absolute. */
    String relativize(String absolute) {
        if (!absolute.startsWith(directory)) {
            return absolute;
        }
        String relative = absolute.substring(directory.length());
        return SCHEME.matcher(relative).matches() ? absolute : relative;
    }

    private String absolute(String written) {
        if (SCHEME.matcher(written).matches()) {
            return written;
        }
        return written.startsWith("/") ? fileSystem + written : directory + written;
    }
}
