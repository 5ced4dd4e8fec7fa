package dev.graft.manifest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;

/**
 * The files of a manifest: one, or those of a directory that Spark reads, in the order of their paths.
 *
 * @param files that hold something
 */
record ManifestParts(Path manifest, List<Path> files) {
    /** Lists the files of a manifest that is there. */
    static ManifestParts of(FileSystem storage, Path manifest) throws IOException {
        List<Path> files = new ArrayList<>();
        RemoteIterator<LocatedFileStatus> found = storage.listFiles(manifest, true);
        while (found.hasNext()) {
            Path file = found.next().getPath();
            if (!isHidden(manifest, file)) {
                files.add(file);
            }
        }
        Collections.sort(files);
        return new ManifestParts(manifest, files);
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

    /** Whether Spark would not read it: a name below the manifest's own begins with a dot or an underscore. */
    private static boolean isHidden(Path manifest, Path file) {
        for (Path path = file; path != null && !path.equals(manifest); path = path.getParent()) {
            if (path.getName().startsWith("_") || path.getName().startsWith(".")) {
                return true;
            }
        }
        return false;
    }
}
