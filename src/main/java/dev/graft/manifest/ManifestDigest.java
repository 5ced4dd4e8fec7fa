package dev.graft.manifest;

import dev.graft.storage.QualifiedPath;
import dev.graft.storage.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** The digest of a manifest as it lies in storage, for provenance. */
public final class ManifestDigest {
    private static final int BUFFER = 1 << 16;

    private ManifestDigest() {}

    /** SHA-256 over the bytes of a manifest's file, or of a directory's data files in the order of their paths. */
    public static String of(SparkSession spark, String uri) {
        try {
            QualifiedPath manifest = QualifiedPath.of(spark, uri).withoutChecksums();
            MessageDigest digest = Sha256.start();
            for (Path part : ManifestParts.of(manifest.files(), manifest.path()).files()) {
                add(manifest.files(), part, digest);
            }
            return "sha256:" + Sha256.hex(digest);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot digest manifest " + uri, e);
        }
    }

    private static void add(FileSystem files, Path part, MessageDigest digest) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = files.open(part)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
    }
}
