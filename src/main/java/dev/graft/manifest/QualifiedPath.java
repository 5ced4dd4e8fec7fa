package dev.graft.manifest;

import dev.graft.settings.InvalidInputException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.sql.SparkSession;

/** A path with its scheme and authority, and the file system it is on. */
public record QualifiedPath(Path path, FileSystem files) {

    /** Takes a uri without a scheme to be on Hadoop's default file system, as Spark does. */
    public static QualifiedPath of(SparkSession spark, String uri) throws IOException {
        return of(spark.sessionState().newHadoopConf(), uri);
    }

    /** Takes a uri without a scheme to be on Hadoop's default file system. */
    public static QualifiedPath of(Configuration hadoop, String uri) throws IOException {
        try {
            Path path = new Path(uri);
            FileSystem files = path.getFileSystem(hadoop);
            return new QualifiedPath(files.makeQualified(path), files);
        } catch (IllegalArgumentException | UnsupportedFileSystemException e) {
            throw new InvalidInputException("Invalid uri: '%s' (%s)".formatted(uri, e.getMessage()), e);
        }
    }
}
