package dev.graft.manifest;

import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Lists what lies in the folders of a directory of images, one folder at a time. */
interface Folders {
    RemoteIterator<FolderEntry> in(Path folder) throws IOException;

    /** Folders of a directory of images, which is the root. */
    static Folders below(FileSystem storage, Path root) throws IOException {
        return isLocal(storage) ? LocalFolders.below(root) : new StoredFolders(storage);
    }

    static boolean isLocal(FileSystem storage) {
        return "file".equals(storage.getUri().getScheme());
    }
}
