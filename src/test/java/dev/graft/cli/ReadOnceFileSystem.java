package dev.graft.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The local file system as {@code once:}, whose files are gone when they were opened. */
public class ReadOnceFileSystem extends RawLocalFileSystem {
    @Override
    public URI getUri() {
        return URI.create("once:///");
    }

    @Override
    public FSDataInputStream open(Path path, int buffer) throws IOException {
        FSDataInputStream in = super.open(path, buffer);
        Files.delete(pathToFile(path).toPath());
        return in;
    }
}
