package dev.graft.manifest;

import dev.graft.settings.ShownText;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;

/**
 * The files of a manifest: one, or those of a directory that Spark reads, in the order of their paths.
 *
 * @param files that are read
 * @param hidden files that Spark passes over for their names, and that neither Spark nor Hadoop put there
 */
record ManifestParts(Path manifest, List<Path> files, List<Path> hidden) {
    private static final Set<String> OWN_NAMES =
            Set.of("_SUCCESS", "_temporary", "_metadata", "_common_metadata", "_spark_metadata", "_rejects");
    private static final List<String> OWN_PREFIXES = List.of("_committed_", "_started_");
    private static final String CHECKSUMS = ".crc";

    /** Lists the files of a manifest that is there. */
    static ManifestParts of(FileSystem storage, Path manifest) throws IOException {
        List<Path> files = new ArrayList<>();
        List<Path> hidden = new ArrayList<>();
        RemoteIterator<LocatedFileStatus> found = storage.listFiles(manifest, true);
        while (found.hasNext()) {
            Path file = found.next().getPath();
            if (namesBelow(manifest, file).noneMatch(ManifestParts::isHidden)) {
                files.add(file);
            } else if (namesBelow(manifest, file).noneMatch(ManifestParts::isOwn)) {
                hidden.add(file);
            }
        }
        Collections.sort(files);
        Collections.sort(hidden);
        return new ManifestParts(manifest, files, hidden);
    }

    /** The bytes of a file, uncompressed. */
    static InputStream open(FileSystem storage, Path file) throws IOException {
        CompressionCodec codec = new CompressionCodecFactory(storage.getConf()).getCodec(file);
        InputStream bytes = storage.open(file);
        return codec == null ? bytes : codec.createInputStream(bytes);
    }

    /** The columns whose values stand in the names of folders, such as {@code label=cat}. */
    Set<String> folderColumns() {
        Set<String> columns = new LinkedHashSet<>();
        for (Path file : files) {
            for (Path folder = file; !folder.equals(manifest); folder = folder.getParent()) {
                int equals = folder.equals(file) ? 0 : folder.getName().indexOf('=');
                if (equals > 0) {
                    columns.add(ExternalCatalogUtils.unescapePathName(
                            folder.getName().substring(0, equals)));
                }
            }
        }
        return columns;
    }

    /** What somebody may have meant to be read, for people. */
    Optional<String> note() {
        if (hidden.isEmpty()) {
            return Optional.empty();
        }
        String first = hidden.get(0).toString().substring(manifest.toString().length() + 1);
        String text = hidden.size() == 1
                ? "Note: %d file of manifest %s is not read, its name begins with _ or .: %s"
                : "Note: %d files of manifest %s are not read, their names begin with _ or ., such as %s";
        return Optional.of(text.formatted(hidden.size(), manifest, ShownText.name(first)));
    }

    /** The names of a file and of the folders above it, as far as they lie below the manifest. */
    private static Stream<String> namesBelow(Path manifest, Path file) {
        return Stream.iterate(file, path -> path != null && !path.equals(manifest), Path::getParent)
                .map(Path::getName);
    }

    private static boolean isHidden(String name) {
        return name.startsWith("_") || name.startsWith(".");
    }

    private static boolean isOwn(String name) {
        return OWN_NAMES.contains(name) || OWN_PREFIXES.stream().anyMatch(name::startsWith) || name.endsWith(CHECKSUMS);
    }
}
