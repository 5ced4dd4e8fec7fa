package dev.graft.publish;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** The local file system, which fails at a chosen operation, once or for good like a machine that was switched off. */
public class FaultyFileSystem extends RawLocalFileSystem {
    private static final int NEVER = Integer.MAX_VALUE;

    private static int operationsLeft = NEVER;
    private static boolean forGood;

    static Configuration configuration() {
        Configuration hadoop = new Configuration(false);
        hadoop.set("fs.file.impl", FaultyFileSystem.class.getName());
        hadoop.setBoolean("fs.file.impl.disable.cache", true);
        hadoop.set("fs.store.impl", ObjectStore.class.getName());
        hadoop.setBoolean("fs.store.impl.disable.cache", true);
        return hadoop;
    }

    static synchronized void failOnceAfter(int operations) {
        operationsLeft = operations;
        forGood = false;
    }

    static synchronized void failForGoodAfter(int operations) {
        operationsLeft = operations;
        forGood = true;
    }

    static synchronized void recover() {
        operationsLeft = NEVER;
    }

    static synchronized void operation(String name) throws IOException {
        if (operationsLeft == 0) {
            operationsLeft = forGood ? 0 : NEVER;
            throw new IOException("injected: " + name);
        }
        if (operationsLeft != NEVER) {
            operationsLeft--;
        }
    }

    @Override
    public FSDataOutputStream create(
            Path path, boolean overwrite, int buffer, short replication, long block, Progressable progress)
            throws IOException {
        operation("create " + path);
        return new FSDataOutputStream(
                new FaultyStream(super.create(path, overwrite, buffer, replication, block, progress)), statistics);
    }

    @Override
    public FSDataOutputStream create(
            Path path,
            FsPermission permission,
            boolean overwrite,
            int buffer,
            short replication,
            long block,
            Progressable progress)
            throws IOException {
        return create(path, overwrite, buffer, replication, block, progress);
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        operation("delete " + path);
        return super.delete(path, recursive);
    }

    private static class FaultyStream extends FilterOutputStream {
        FaultyStream(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            operation("write");
            out.write(buffer, offset, length);
        }

        @Override
        public void close() throws IOException {
            operation("close");
            out.close();
        }
    }

    /** Like an object store: a file appears, whole, when its stream is closed, and nothing can be renamed. */
    public static class ObjectStore extends FaultyFileSystem {
        @Override
        public URI getUri() {
            return URI.create("store:///");
        }

        @Override
        public String getScheme() {
            return "store";
        }

        @Override
        public FSDataOutputStream create(
                Path path, boolean overwrite, int buffer, short replication, long block, Progressable progress)
                throws IOException {
            if (!overwrite && exists(path)) {
                throw new FileAlreadyExistsException(path + " exists");
            }
            Path upload = new Path(path.getParent(), ".upload-" + UUID.randomUUID());
            FSDataOutputStream out = super.create(upload, false, buffer, replication, block, progress);
            return new FSDataOutputStream(
                    new Upload(
                            out, pathToFile(upload).toPath(), pathToFile(path).toPath()),
                    null);
        }

        @Override
        public boolean rename(Path source, Path target) {
            throw new UnsupportedOperationException("rename");
        }
    }

    private static final class Upload extends FilterOutputStream {
        private final java.nio.file.Path upload;
        private final java.nio.file.Path target;
        private boolean failed;

        Upload(OutputStream out, java.nio.file.Path upload, java.nio.file.Path target) {
            super(out);
            this.upload = upload;
            this.target = target;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            failed = true;
            out.write(buffer, offset, length);
            failed = false;
        }

        @Override
        public void close() throws IOException {
            out.close();
            if (!failed) {
                Files.move(upload, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }
}
