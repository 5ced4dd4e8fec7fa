package dev.graft.manifest;

import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file or a folder in a folder.
 *
 * @param note why it is passed over, whatever is in it; null where it is to be looked at
 */
record FolderEntry(Path path, boolean isFolder, ListingNote.@Nullable Kind note) {

    static FolderEntry file(Path path) {
        return new FolderEntry(path, false, null);
    }

    static FolderEntry folder(Path path) {
        return new FolderEntry(path, true, null);
    }

    static FolderEntry hidden(Path path, boolean isFolder) {
        return new FolderEntry(
                path, isFolder, isFolder ? ListingNote.Kind.HIDDEN_FOLDERS : ListingNote.Kind.HIDDEN_FILES);
    }

    /** Whether it is a folder whose content counts. */
    boolean isOpenFolder() {
        return isFolder && note == null;
    }
}
