package dev.graft.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestDigestTest {
    private final Path directory;

    ManifestDigestTest(@TempDir Path directory) {
        this.directory = directory;
    }

    /** SHA-256 of "abc", from FIPS 180-2, appendix B.1. */
    @Test
    void aFileHasTheDigestOfItsBytes() throws IOException {
        Path file = Files.writeString(directory.resolve("manifest.csv"), "abc");
        assertThat(digest(file)).isEqualTo("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void aDirectoryHasTheDigestOfItsDataFilesAtAnyDepth() throws IOException {
        Path table = Files.createDirectories(directory.resolve("manifest.parquet"));
        Files.writeString(table.resolve("a.parquet"), "a");
        Files.writeString(Files.createDirectories(table.resolve("day=1")).resolve("b.parquet"), "bc");
        Files.writeString(table.resolve("_SUCCESS"), "not data");
        assertThat(digest(table)).isEqualTo("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    private static String digest(Path path) {
        return ManifestDigest.of(TestSpark.session(), path.toString());
    }
}
