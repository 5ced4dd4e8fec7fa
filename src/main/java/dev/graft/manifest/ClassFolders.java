package dev.graft.manifest;

import dev.graft.settings.FileNames;
import dev.graft.settings.InvalidInputException;
import dev.graft.storage.QualifiedPath;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The class folders of a directory: its folders, or the folders in its folders when those are named after splits.
 *
 * <p>A folder called {@code train} with no folders in it is a class. Files beside the class folders are counted.
 */
final class ClassFolders {
    private final FileSystem files;
    private final Path root;
    private final Path excluded;
    private final List<ClassFolder> folders = new ArrayList<>();
    private final ListingNotes notes = new ListingNotes();
    private List<Path> splits = List.of();

    private ClassFolders(QualifiedPath root, Path excluded) {
        this.files = root.files();
        this.root = root.path();
        this.excluded = excluded;
    }

    /**
     * Lists the folders, not what is in the class folders.
     *
     * @param excluded the manifest to be written, which may lie in that directory
     */
    static ClassFolders in(QualifiedPath root, Path excluded) throws IOException {
        ClassFolders found = new ClassFolders(root, excluded);
        found.list();
        return found;
    }

    List<ClassFolder> folders() {
        return folders;
    }

    /** What lies beside the class folders. */
    ListingNotes notes() {
        return notes;
    }

    /** The folders that are the splits; empty where the shares of the settings decide. */
    List<Path> splits() {
        return splits;
    }

    private void list() throws IOException {
        requireDirectory();
        Folders listing = Folders.below(files, root);
        List<Path> first = foldersIn(root, listing);
        splits = splitsAmong(first);
        if (splits.isEmpty()) {
            first.forEach(this::addClass);
        } else {
            refuseMixture(first);
            listSplits(listing);
        }
        if (folders.isEmpty()) {
            throw new InvalidInputException(
                    "Cannot list classes in %s: it has no folders (expected one for each class)".formatted(root));
        }
    }

    private void addClass(Path folder) {
        folders.add(new ClassFolder(folder, folder.getName(), Optional.empty()));
        if (Split.ofFolder(folder.getName()).isPresent()) {
            notes.add(ListingNote.Kind.SPLITS_WITHOUT_CLASSES, folder.toString());
        }
    }

    private List<Path> splitsAmong(List<Path> children) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path folder : children) {
            if (Split.ofFolder(folder.getName()).isPresent() && hasFolders(folder)) {
                found.add(folder);
            }
        }
        return found;
    }

    private void requireDirectory() throws IOException {
        if (Folders.isLocal(files) && !FileNames.canSay(root.toString())) {
            throw new InvalidInputException("Cannot list images in " + root + ": " + FileNames.reason());
        }
        try {
            if (!files.getFileStatus(root).isDirectory()) {
                throw new InvalidInputException("Cannot list images in " + root + ": not a directory");
            }
        } catch (FileNotFoundException e) {
            throw new InvalidInputException("Cannot list images in " + root + ": no such directory", e);
        }
    }

    private void refuseMixture(List<Path> first) {
        first.stream().filter(folder -> !splits.contains(folder)).findFirst().ifPresent(other -> {
            throw new InvalidInputException(
                    "Cannot list classes in %s: %s is a split with class folders, %s is not (expected folders of one kind)"
                            .formatted(root, splits.get(0).getName(), other.getName()));
        });
    }

    private void listSplits(Folders listing) throws IOException {
        for (Path splitFolder : splits) {
            Optional<Split> split = Split.ofFolder(splitFolder.getName());
            for (Path folder : foldersIn(splitFolder, listing)) {
                folders.add(new ClassFolder(folder, folder.getName(), split));
            }
        }
    }

    /** The folders in {@code parent} by name; its files are counted as they stream by. */
    private List<Path> foldersIn(Path parent, Folders listing) throws IOException {
        List<Path> found = new ArrayList<>();
        RemoteIterator<FolderEntry> children = listing.in(parent);
        while (children.hasNext()) {
            FolderEntry child = children.next();
            if (isManifest(child.path())) {
                continue;
            }
            if (isClassFolder(child)) {
                found.add(child.path());
            } else {
                notes.add(note(child), child.path().toString());
            }
        }
        found.sort(Comparator.naturalOrder());
        return found;
    }

    /** Whether it is the manifest to be written, or what Hadoop keeps beside that one on a local disk. */
    private boolean isManifest(Path child) {
        return child.equals(excluded)
                || child.equals(new Path(excluded.getParent(), "." + excluded.getName() + ".crc"));
    }

    private static ListingNote.Kind note(FolderEntry child) {
        if (child.note() != null) {
            return child.note();
        }
        if (child.isFolder()) {
            return ListingNote.Kind.TABLES;
        }
        return ImageNames.isImage(child.path().getName())
                ? ListingNote.Kind.OUTSIDE_CLASSES
                : ListingNote.Kind.NOT_IMAGES;
    }

    private boolean hasFolders(Path folder) throws IOException {
        RemoteIterator<FolderEntry> children = Folders.below(files, root).in(folder);
        while (children.hasNext()) {
            if (isClassFolder(children.next())) {
                return true;
            }
        }
        return false;
    }

    /** The directories that Spark writes as Parquet files are no class folders. */
    private static boolean isClassFolder(FolderEntry entry) {
        return entry.isOpenFolder()
                && ManifestFormat.ofName(entry.path().getName())
                        .filter(ManifestFormat.PARQUET::equals)
                        .isEmpty();
    }
}
