package dev.graft.storage;

import dev.graft.settings.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
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

    /** The same on the file system beneath the one that keeps checksums beside files, where there is one. */
    public QualifiedPath withoutChecksums() {
        return files instanceof ChecksumFileSystem checked ? new QualifiedPath(path, checked.getRawFileSystem()) : this;
    }

    /** Whether one of the two lies within the other, or is it; links on the local disk are followed. */
    public boolean overlaps(QualifiedPath other) throws IOException {
        String own = followed();
        String others = other.followed();
        return own.startsWith(others) || others.startsWith(own);
    }

    /** The path as text, with a slash at its end. */
    private String followed() throws IOException {
        if (!"file".equals(files.getUri().getScheme())) {
            return path + "/";
        }
        java.nio.file.Path local = java.nio.file.Path.of(path.toUri().getPath()).normalize();
        java.nio.file.Path there = local;
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return "file:" + there.toRealPath().resolve(there.relativize(local)) + "/";
    }
}
