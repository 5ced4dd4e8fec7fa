package dev.graft.manifest;

import dev.graft.settings.InvalidInputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The class folders of a directory: its folders, or the folders in its folders when those are named after splits.
 *
 * <p>A folder called {@code train} with no folders in it is a class. Files beside the class folders are counted.
 */
final class ClassFolders {
    private static final Map<String, Split> SPLIT_NAMES = Map.of(
            "train", Split.TRAIN,
            "training", Split.TRAIN,
            "validation", Split.VALIDATION,
            "val", Split.VALIDATION,
            "test", Split.TEST);

    private final FileSystem files;
    private final Path root;
    private final Path excluded;
    private final List<ClassFolder> folders = new ArrayList<>();
    private final SkippedFiles notImages = new SkippedFiles();
    private final SkippedFiles outsideClasses = new SkippedFiles();

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

    SkippedFiles notImages() {
        return notImages;
    }

    SkippedFiles outsideClasses() {
        return outsideClasses;
    }

    private void list() throws IOException {
        List<Path> first = foldersAtRoot();
        List<Path> splits = new ArrayList<>();
        for (Path folder : first) {
            if (split(folder).isPresent() && hasFolders(folder)) {
                splits.add(folder);
            }
        }
        if (splits.isEmpty()) {
            first.forEach(folder -> folders.add(new ClassFolder(folder, folder.getName(), Optional.empty())));
        } else {
            refuseMixture(first, splits);
            listSplits(splits);
        }
        if (folders.isEmpty()) {
            throw new InvalidInputException(
                    "Cannot list classes in %s: it has no folders (expected one for each class)".formatted(root));
        }
    }

    private List<Path> foldersAtRoot() throws IOException {
        try {
            if (!files.getFileStatus(root).isDirectory()) {
                throw new InvalidInputException("Cannot list images in " + root + ": not a directory");
            }
            return foldersIn(root);
        } catch (FileNotFoundException e) {
            throw new InvalidInputException("Cannot list images in " + root + ": no such directory", e);
        }
    }

    private void refuseMixture(List<Path> first, List<Path> splits) {
        first.stream().filter(folder -> !splits.contains(folder)).findFirst().ifPresent(other -> {
            throw new InvalidInputException(
                    "Cannot list classes in %s: %s is a split with class folders, %s is not (expected folders of one kind)"
                            .formatted(root, splits.get(0).getName(), other.getName()));
        });
    }

    private void listSplits(List<Path> splits) throws IOException {
        for (Path splitFolder : splits) {
            Optional<Split> split = split(splitFolder);
            for (Path folder : foldersIn(splitFolder)) {
                folders.add(new ClassFolder(folder, folder.getName(), split));
            }
        }
    }

    /** The folders in {@code parent} by name; its files are counted as they stream by. */
    private List<Path> foldersIn(Path parent) throws IOException {
        List<Path> found = new ArrayList<>();
        RemoteIterator<FileStatus> children = files.listStatusIterator(parent);
        while (children.hasNext()) {
            FileStatus child = children.next();
            if (child.getPath().equals(excluded)) {
                continue;
            }
            if (isFolder(child)) {
                found.add(child.getPath());
            } else {
                skip(child);
            }
        }
        found.sort(Comparator.naturalOrder());
        return found;
    }

    private void skip(FileStatus child) {
        String name = child.getPath().getName();
        boolean image = !child.isDirectory() && ImageNames.isImage(name);
        (image ? outsideClasses : notImages).add(child.getPath().toString());
    }

    private boolean hasFolders(Path folder) throws IOException {
        RemoteIterator<FileStatus> children = files.listStatusIterator(folder);
        while (children.hasNext()) {
            if (isFolder(children.next())) {
                return true;
            }
        }
        return false;
    }

    /** Hidden directories are no class folders, and neither are the directories that Spark writes as Parquet files. */
    private static boolean isFolder(FileStatus status) {
        String name = status.getPath().getName();
        return status.isDirectory()
                && !ImageNames.isHidden(name)
                && ManifestFormat.ofName(name)
                        .filter(ManifestFormat.PARQUET::equals)
                        .isEmpty();
    }

    private static Optional<Split> split(Path folder) {
        return Optional.ofNullable(SPLIT_NAMES.get(folder.getName().toLowerCase(Locale.ROOT)));
    }
}
