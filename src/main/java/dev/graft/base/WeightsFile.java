package dev.graft.base;

import dev.graft.settings.InvalidInputException;
import dev.graft.storage.QualifiedPath;
import dev.graft.storage.ScratchDirectory;
import dev.graft.storage.Sha256;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** A weights file on the local disk, wherever it came from, with its digest. */
final class WeightsFile implements AutoCloseable {
    private static final String BUNDLED = "xception-mini.h5";

    private final ScratchDirectory scratch;
    private final Path path;
    private final String origin;
    private final String uri;
    private final String digest;

    private WeightsFile(ScratchDirectory scratch, Path path, String origin, String uri, String digest) {
        this.scratch = scratch;
        this.path = path;
        this.origin = origin;
        this.uri = uri;
        this.digest = digest;
    }

    static WeightsFile open(BaseSettings settings, Configuration hadoop) {
        WeightsFile file = copy(settings, hadoop);
        Optional<String> wanted = settings.digest();
        if (wanted.isPresent() && !wanted.get().equalsIgnoreCase(file.digest)) {
            file.close();
            throw new InvalidInputException("Cannot use weights " + file.origin + ": their digest is " + file.digest
                    + ", base.digest says " + wanted.get() + "; the file was changed, or it is another one");
        }
        return file;
    }

    /** A temporary local copy, digested as it is written. */
    private static WeightsFile copy(BaseSettings settings, Configuration hadoop) {
        String origin = settings.weights()
                .orElse("bundled with " + settings.architecture().id());
        try (InputStream source = source(settings, hadoop)) {
            ScratchDirectory scratch = ScratchDirectory.make();
            Path copy = scratch.file("weights.h5");
            MessageDigest sha256 = Sha256.start();
            copy(new DigestInputStream(source, sha256), copy, scratch);
            String uri = settings.weights().isPresent()
                    ? QualifiedPath.of(hadoop, settings.weights().get()).path().toString()
                    : "";
            return new WeightsFile(scratch, copy, origin, uri, "sha256:" + Sha256.hex(sha256));
        } catch (FileNotFoundException e) {
            throw new InvalidInputException("Cannot open weights " + origin + ": there is no such file", e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot copy weights " + origin + " to the local disk", e);
        }
    }

    private static void copy(InputStream source, Path copy, ScratchDirectory scratch) throws IOException {
        try {
            Files.copy(source, copy);
        } catch (IOException e) {
            scratch.close();
            throw e;
        }
    }

    private static InputStream source(BaseSettings settings, Configuration hadoop) throws IOException {
        if (settings.weights().isPresent()) {
            QualifiedPath weights = QualifiedPath.of(hadoop, settings.weights().get());
            return weights.files().open(weights.path());
        }
        @Nullable
        InputStream bundled = settings.architecture() == Architecture.XCEPTION_MINI
                ? WeightsFile.class.getResourceAsStream(BUNDLED)
                : null;
        if (bundled == null) {
            throw new InvalidInputException("Cannot open the weights of "
                    + settings.architecture().id() + ": none are bundled; name a Keras HDF5 file with --weights");
        }
        return bundled;
    }

    Path path() {
        return path;
    }

    /** What the file is called in messages. */
    String origin() {
        return origin;
    }

    /** URI of the file, complete, so that it holds wherever it is read from again; empty for bundled weights. */
    String uri() {
        return uri;
    }

    String digest() {
        return digest;
    }

    @Override
    public void close() {
        scratch.close();
    }
}
