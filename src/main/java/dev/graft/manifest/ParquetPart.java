package dev.graft.manifest;

import dev.graft.storage.QualifiedPath;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A file of a Parquet manifest, read without the checksums beside it, since people edit it. */
record ParquetPart(FileStatus status, FileSystem storage) implements InputFile {
    static ParquetPart of(Path file, Configuration hadoop) throws IOException {
        QualifiedPath stored = new QualifiedPath(file, file.getFileSystem(hadoop)).withoutChecksums();
        return new ParquetPart(stored.files().getFileStatus(stored.path()), stored.files());
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
