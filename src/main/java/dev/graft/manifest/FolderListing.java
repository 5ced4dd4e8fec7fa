package dev.graft.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
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

    /** Whether the file is an image. */
    static final String IMAGE = "image";

    private static final int MAX_TASKS = 1000;
    private static final String LOCAL = "file";

    private static final StructType FOLDERS = new StructType()
            .add(FOLDER, DataTypes.StringType)
            .add(ManifestColumns.LABEL, DataTypes.StringType)
            .add(ManifestColumns.SPLIT, DataTypes.StringType);

    private static final StructType FILES =
            FOLDERS.add(FILE, DataTypes.StringType).add(IMAGE, DataTypes.BooleanType);

    private FolderListing() {}

    /** One row for each file: folder, label, split (null unless the folder tells it), file, image. */
    static Dataset<Row> files(SparkSession spark, List<ClassFolder> folders) {
        List<Row> rows = folders.stream().map(FolderListing::row).toList();
        Broadcast<SerializableConfiguration> hadoop = spark.sparkContext()
                .broadcast(
                        new SerializableConfiguration(spark.sessionState().newHadoopConf()),
                        ClassTag$.MODULE$.apply(SerializableConfiguration.class));
        MapPartitionsFunction<Row, Row> list =
                partition -> new Files(partition, hadoop.value().value());
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
        private final Configuration hadoop;
        private @Nullable Row folder;
        private @Nullable RemoteIterator<? extends FileStatus> content;

        Files(Iterator<Row> folders, Configuration hadoop) {
            this.folders = folders;
            this.hadoop = hadoop;
        }

        @Override
        public boolean hasNext() {
            try {
                while (content == null || !content.hasNext()) {
                    if (!folders.hasNext()) {
                        return false;
                    }
                    folder = folders.next();
                    Path path = new Path(folder.getString(0));
                    content = files(path.getFileSystem(hadoop), path);
                }
                return true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /**
         * Every file below a folder. An object store lists them without walking; Hadoop's local file system starts a process
         * for each to ask who may read it, unless it is walked.
         */
        private static RemoteIterator<? extends FileStatus> files(FileSystem storage, Path folder) throws IOException {
            return storage.getScheme().equals(LOCAL) ? new LocalWalk(storage, folder) : storage.listFiles(folder, true);
        }

        @Override
        public Row next() {
            if (!hasNext() || folder == null || content == null) {
                throw new NoSuchElementException();
            }
            try {
                return row(folder, content.next().getPath().toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Row row(Row folder, String file) {
            String inFolder = file.substring(folder.getString(0).length() + 1);
            return RowFactory.create(folder.get(0), folder.get(1), folder.get(2), file, ImageNames.isImage(inFolder));
        }
    }

    /** The files below a local directory, one directory in memory at a time. */
    private static final class LocalWalk implements RemoteIterator<FileStatus> {
        private final FileSystem storage;
        private final Deque<Path> directories = new ArrayDeque<>();
        private final Deque<FileStatus> found = new ArrayDeque<>();

        LocalWalk(FileSystem storage, Path directory) {
            this.storage = storage;
            directories.add(directory);
        }

        @Override
        public boolean hasNext() throws IOException {
            while (found.isEmpty() && !directories.isEmpty()) {
                for (FileStatus child : storage.listStatus(directories.remove())) {
                    if (child.isDirectory()) {
                        directories.add(child.getPath());
                    } else {
                        found.add(child);
                    }
                }
            }
            return !found.isEmpty();
        }

        @Override
        public FileStatus next() throws IOException {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return found.remove();
        }
    }
}
