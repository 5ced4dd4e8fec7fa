package dev.graft.manifest;

import dev.graft.settings.FileNames;
import dev.graft.settings.InvalidInputException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Folders on a local disk, sorted by name. Hadoop leaves out what it cannot look at; here it is told.
 *
 * <p>Links to folders are followed, but not to one that is listed where it is: below the root, above the link, or after
 * another link. So no image is listed twice in the walk that this object serves, and none ends in circles.
 */
final class LocalFolders implements Folders {
    private final java.nio.file.Path root;
    private final Set<java.nio.file.Path> told = new HashSet<>();

    private LocalFolders(java.nio.file.Path root) {
        this.root = root;
    }

    static LocalFolders below(Path root) throws IOException {
        return new LocalFolders(local(root).toRealPath());
    }

    /** @throws InvalidInputException if this JVM cannot say the name of what lies there */
    @Override
    public RemoteIterator<FolderEntry> in(Path folder) throws IOException {
        java.nio.file.Path directory = local(folder).toRealPath();
        Iterator<java.nio.file.Path> children = children(folder, directory).iterator();
        return new RemoteIterator<>() {
            @Override
            public boolean hasNext() {
                return children.hasNext();
            }

            @Override
            public FolderEntry next() throws IOException {
                return entry(folder, directory, children.next());
            }
        };
    }

    private static java.nio.file.Path local(Path path) {
        String name = path.toUri().getPath();
        if (!FileNames.canSay(name)) {
            throw new InvalidInputException("Cannot list %s: %s".formatted(path, FileNames.reason()));
        }
        return java.nio.file.Path.of(name);
    }

    private static List<java.nio.file.Path> children(Path folder, java.nio.file.Path directory) throws IOException {
        List<java.nio.file.Path> children = new ArrayList<>();
        try (DirectoryStream<java.nio.file.Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(children::add);
        } catch (AccessDeniedException e) {
            throw new IOException("Cannot list " + folder + ": permission denied", e);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(children);
        return children;
    }

    private FolderEntry entry(Path folder, java.nio.file.Path directory, java.nio.file.Path child) throws IOException {
        String name = String.valueOf(child.getFileName());
        if (!FileNames.canSay(name)) {
            throw new InvalidInputException(
                    "Cannot list %s: a name in it is not ASCII, and %s".formatted(folder, FileNames.reason()));
        }
        Path path = new Path(folder, new Path(null, null, name));
        if (!directory.resolve(name).equals(child)) {
            return new FolderEntry(path, false, ListingNote.Kind.UNNAMED);
        }
        if (ImageNames.isPassedOver(name)) {
            return FolderEntry.hidden(path, Files.isDirectory(child));
        }
        return entry(path, child);
    }

    private FolderEntry entry(Path path, java.nio.file.Path child) throws IOException {
        try {
            BasicFileAttributes own = Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (own.isSymbolicLink()) {
                return link(path, child);
            }
            return own.isDirectory() ? folder(path, child) : FolderEntry.file(path);
        } catch (NoSuchFileException e) {
            return dangling(path); // it went while the folder was listed
        }
    }

    private FolderEntry link(Path path, java.nio.file.Path link) throws IOException {
        if (!Files.exists(link)) {
            return dangling(path);
        }
        if (!Files.isDirectory(link)) {
            return FolderEntry.file(path);
        }
        java.nio.file.Path target = link.toRealPath();
        return link.startsWith(target) || root.startsWith(target) || isListedBelowRoot(target)
                ? repeated(path)
                : folder(path, target);
    }

    private boolean isListedBelowRoot(java.nio.file.Path target) {
        if (!target.startsWith(root)) {
            return false;
        }
        for (java.nio.file.Path name : root.relativize(target)) {
            if (ImageNames.isPassedOver(name.toString())) {
                return false;
            }
        }
        return true;
    }

    private FolderEntry folder(Path path, java.nio.file.Path real) {
        return told.add(real) ? FolderEntry.folder(path) : repeated(path);
    }

    private static FolderEntry repeated(Path path) {
        return new FolderEntry(path, true, ListingNote.Kind.REPEATED_FOLDERS);
    }

    /** A reader says of an image that it is not found, and counts it. */
    private static FolderEntry dangling(Path path) {
        return ImageNames.isImage(path.getName())
                ? FolderEntry.file(path)
                : new FolderEntry(path, false, ListingNote.Kind.DANGLING_LINKS);
    }
}
