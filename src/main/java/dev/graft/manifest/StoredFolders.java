package dev.graft.manifest;

import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Folders as a storage of Hadoop lists them, streamed. */
record StoredFolders(FileSystem storage) implements Folders {

    @Override
    public RemoteIterator<FolderEntry> in(Path folder) throws IOException {
        RemoteIterator<FileStatus> children = storage.listStatusIterator(folder);
        return new RemoteIterator<>() {
            @Override
            public boolean hasNext() throws IOException {
                return children.hasNext();
            }

            @Override
            public FolderEntry next() throws IOException {
                return entry(children.next());
            }
        };
    }

    private static FolderEntry entry(FileStatus child) {
        if (ImageNames.isPassedOver(child.getPath().getName())) {
            return FolderEntry.hidden(child.getPath(), child.isDirectory());
        }
        return new FolderEntry(child.getPath(), child.isDirectory(), null);
    }
}
