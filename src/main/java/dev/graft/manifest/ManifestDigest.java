package dev.graft.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** The digest of a manifest as it lies in storage, for provenance. */
public final class ManifestDigest {
    private static final int BUFFER = 1 << 16;

    private ManifestDigest() {}

    /** SHA-256 over the bytes of a manifest's file, or of a directory's data files in the order of their names. */
    public static String of(SparkSession spark, String uri) {
        Path path = new Path(uri);
        try {
            FileSystem files = path.getFileSystem(spark.sessionState().newHadoopConf());
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path part : parts(files, path)) {
                add(files, part, digest);
            }
            return "sha256:" + HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot digest manifest " + uri, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot digest a manifest: this Java has no SHA-256", e);
        }
    }

    private static List<Path> parts(FileSystem files, Path path) throws IOException {
        if (files.getFileStatus(path).isFile()) {
            return List.of(path);
        }
        List<Path> parts = new ArrayList<>();
        Arrays.stream(files.listStatus(path))
                .map(FileStatus::getPath)
                .filter(part ->
                        !part.getName().startsWith("_") && !part.getName().startsWith("."))
                .sorted(Comparator.comparing(Path::getName))
                .forEach(parts::add);
        return parts;
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
