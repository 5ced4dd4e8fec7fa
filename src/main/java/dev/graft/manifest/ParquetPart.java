package dev.graft.manifest;

import dev.graft.storage.QualifiedPath;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import scala.reflect.ClassTag$;

/** A file of a Parquet manifest, read without the checksums beside it, since people edit it. */
record ParquetPart(FileStatus status, FileSystem storage) implements InputFile {
    private static final int MAX_TASKS = 1000;
    /** What Spark calls the column of a Dataset of texts. */
    private static final String VALUE = "value";

    static ParquetPart of(Path file, Configuration hadoop) throws IOException {
        QualifiedPath stored = new QualifiedPath(file, file.getFileSystem(hadoop)).withoutChecksums();
        return new ParquetPart(stored.files().getFileStatus(stored.path()), stored.files());
    }

    /** What is found in a file, in words. */
    @FunctionalInterface
    interface Look extends Serializable {
        /** None where nothing is found. */
        List<String> at(Path file, Configuration hadoop) throws IOException;
    }

    /** The first, in the order of the words, of what is found in any of the files; on the executors. */
    static List<String> first(SparkSession spark, List<Path> files, Look look) {
        Broadcast<SerializableConfiguration> hadoop = spark.sparkContext()
                .broadcast(
                        new SerializableConfiguration(spark.sessionState().newHadoopConf()),
                        ClassTag$.MODULE$.apply(SerializableConfiguration.class));
        FlatMapFunction<String, String> found =
                file -> new ArrayList<>(look.at(new Path(file), hadoop.value().value())).iterator();
        return spark.createDataset(files.stream().map(Path::toString).toList(), Encoders.STRING())
                .repartition(Math.max(1, Math.min(files.size(), MAX_TASKS)))
                .flatMap(found, Encoders.STRING())
                .sort(VALUE)
                .limit(1)
                .collectAsList();
    }

    @Override
    public long getLength() {
        return status.getLen();
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        return HadoopStreams.wrap(storage.open(status.getPath()));
    }
}
