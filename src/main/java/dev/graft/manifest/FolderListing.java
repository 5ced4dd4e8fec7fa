package dev.graft.manifest;

import dev.graft.settings.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import scala.reflect.ClassTag$;

/** The files in class folders, listed by executors; a folder is streamed, never held whole. */
final class FolderListing {
    /** The uri of the class folder. */
    static final String FOLDER = "folder";

    /** The absolute uri of a file. */
    static final String FILE = "file";

    /** What is to be noted of the file, a {@link ListingNote.Kind}; null where it is but an image. */
    static final String NOTE = "note";

    /** The note of a row whose file is the reason why the folder cannot be listed. */
    static final String REFUSED = "REFUSED";

    private static final int MAX_TASKS = 1000;

    private static final StructType FOLDERS = new StructType()
            .add(FOLDER, DataTypes.StringType)
            .add(ManifestColumns.LABEL, DataTypes.StringType)
            .add(ManifestColumns.SPLIT, DataTypes.StringType);

    private static final StructType FILES =
            FOLDERS.add(FILE, DataTypes.StringType).add(NOTE, DataTypes.StringType);

    private FolderListing() {}

    /**
     * One row for each file: folder, label, split (null unless the folder tells it), file, note. What is not looked into
     * has a row as if it were a file.
     */
    static Dataset<Row> files(SparkSession spark, Path root, List<ClassFolder> folders) {
        List<Row> rows = folders.stream().map(FolderListing::row).toList();
        Broadcast<SerializableConfiguration> hadoop = spark.sparkContext()
                .broadcast(
                        new SerializableConfiguration(spark.sessionState().newHadoopConf()),
                        ClassTag$.MODULE$.apply(SerializableConfiguration.class));
        String images = root.toString();
        MapPartitionsFunction<Row, Row> list = partition ->
                new Files(partition, new Path(images), hadoop.value().value());
        return spark.createDataFrame(rows, FOLDERS)
                .repartition(Math.min(folders.size(), MAX_TASKS))
                .mapPartitions(list, Encoders.row(FILES));
    }

    private static Row row(ClassFolder folder) {
        return RowFactory.create(
                folder.path().toString(),
                folder.label(),
                folder.split().map(Split::columnValue).orElse(null));
    }

    /** Walks folder after folder as it is asked for the next file. */
    private static final class Files implements Iterator<Row> {
        private final Iterator<Row> folders;
        private final Path root;
        private final Configuration hadoop;
        private @Nullable Row folder;
        private @Nullable RemoteIterator<FolderEntry> content;
        private @Nullable Row next;

        Files(Iterator<Row> folders, Path root, Configuration hadoop) {
            this.folders = folders;
            this.root = root;
            this.hadoop = hadoop;
        }

        @Override
        public boolean hasNext() {
            try {
                while (next == null && (content != null || folders.hasNext())) {
                    advance();
                }
                return next != null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Goes on by one file, or to the next folder; one that cannot be listed here has a row that says so. */
        private void advance() throws IOException {
            if (content == null) {
                folder = folders.next();
            }
            Row current = Objects.requireNonNull(folder);
            try {
                if (content == null) {
                    content = files(new Path(current.getString(0)));
                }
                if (content.hasNext()) {
                    next = row(current, content.next());
                } else {
                    content = null;
                }
            } catch (InvalidInputException e) {
                next = row(current, String.valueOf(e.getMessage()), REFUSED);
                content = null;
            }
        }

        /** Every file below a folder; an object store lists them without walking. */
        private RemoteIterator<FolderEntry> files(Path path) throws IOException {
            FileSystem storage = path.getFileSystem(hadoop);
            return Folders.isLocal(storage)
                    ? new LocalWalk(LocalFolders.below(root), path)
                    : new StoredFiles(storage.listFiles(path, true));
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Row row = Objects.requireNonNull(next);
            next = null;
            return row;
        }

        private static Row row(Row folder, FolderEntry entry) {
            String file = entry.path().toString();
            String inFolder = file.substring(folder.getString(0).length() + 1);
            ListingNote.@Nullable Kind note = entry.note() == null ? ImageNames.note(inFolder) : entry.note();
            return row(folder, file, note == null ? null : note.name());
        }

        private static Row row(Row folder, String file, @Nullable String note) {
            return RowFactory.create(folder.get(0), folder.get(1), folder.get(2), file, note);
        }
    }

    /** The files that a storage lists. */
    private record StoredFiles(RemoteIterator<LocatedFileStatus> files) implements RemoteIterator<FolderEntry> {
        @Override
        public boolean hasNext() throws IOException {
            return files.hasNext();
        }

        @Override
        public FolderEntry next() throws IOException {
            return FolderEntry.file(files.next().getPath());
        }
    }

    /** The files below a local directory and what is not looked into, one directory in memory at a time. */
    private static final class LocalWalk implements RemoteIterator<FolderEntry> {
        private final Folders folders;
        private final Deque<Path> directories = new ArrayDeque<>();
        private RemoteIterator<FolderEntry> content;
        private @Nullable FolderEntry next;

        LocalWalk(Folders folders, Path directory) throws IOException {
            this.folders = folders;
            this.content = folders.in(directory);
        }

        @Override
        public boolean hasNext() throws IOException {
            while (next == null && (content.hasNext() || !directories.isEmpty())) {
                if (!content.hasNext()) {
                    content = folders.in(directories.remove());
                    continue;
                }
                FolderEntry child = content.next();
                if (child.isOpenFolder()) {
                    directories.add(child.path());
                } else {
                    next = child;
                }
            }
            return next != null;
        }

        @Override
        public FolderEntry next() throws IOException {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            FolderEntry entry = Objects.requireNonNull(next);
            next = null;
            return entry;
        }
    }
}
