package dev.graft.doctor;

import static dev.graft.doctor.Cases.EXECUTOR;
import static dev.graft.doctor.Cases.jvm;
import static dev.graft.doctor.Cases.only;
import static dev.graft.doctor.Cases.standalone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.VersionInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageCheckTest {
    private final Configuration hadoop = new Configuration();

    @TempDir
    private Path directory;

    private String uri = "";

    @BeforeEach
    void nameStorage() {
        uri = directory.resolve("models").resolve("pets").toUri().toString();
    }

    @Test
    void aStorageThatTakesFilesIsFineAndLeftAsItWas() throws IOException {
        Finding finding;
        try (StorageMarkers markers = StorageMarkers.place(List.of(uri), hadoop)) {
            finding = judged(markers.placed().get(0).visit(hadoop));
        }

        assertThat(finding).isEqualTo(Finding.ok("written, read and deleted", EXECUTOR));
        assertThat(files()).isEmpty();
    }

    @Test
    void directoriesThatWereThereStay() throws IOException {
        Path there = Files.createDirectories(directory.resolve("models"));

        StorageMarkers.place(List.of(uri), hadoop).close();

        assertThat(files()).containsExactly(there);
    }

    @Test
    void aStorageWithoutTheDriversFileIsNotShared() {
        StorageVisit visit = StorageMarker.in(uri).visit(hadoop);

        Finding finding = judged(visit);

        assertThat(finding.severity()).isEqualTo(Severity.FAILURE);
        assertThat(finding.what()).startsWith("what the driver wrote is not there: java.io.FileNotFoundException");
        assertThat(finding.remedy()).startsWith("name a storage that the driver and all executors share");
    }

    @Test
    void aFileWithOtherBytesFails() throws IOException {
        StorageMarker marker = StorageMarker.in(uri);
        marker.write(hadoop);
        Path file = Path.of(java.net.URI.create(marker.file()));
        Files.delete(file.resolveSibling("." + file.getFileName() + ".crc"));
        Files.writeString(file, "other bytes");

        assertThat(marker.visit(hadoop).message())
                .isEqualTo("java.io.IOException: " + marker.file() + " has other bytes than were written");
    }

    @Test
    void aSchemeWithoutAFileSystemFailsWithThePackageThatHasIt() {
        uri = "abfss://container@account/models";

        Finding finding =
                judged(StorageMarkers.place(List.of(uri), hadoop).failed().get(0));

        assertThat(finding.severity()).isEqualTo(Severity.FAILURE);
        assertThat(finding.what()).startsWith("no file system for its scheme: ");
        assertThat(finding.remedy()).isEqualTo("--packages org.apache.hadoop:hadoop-azure:" + VersionInfo.getVersion());
    }

    @Test
    void aSchemeNobodyKnowsFails() {
        uri = "nowhere://models";

        assertThat(judged(StorageMarkers.place(List.of(uri), hadoop).failed().get(0))
                        .remedy())
                .isEqualTo("give spark-submit the jars of that file system with --jars or --packages");
    }

    @Test
    void aDirectoryWithoutPermissionIsRefused() throws IOException {
        Path closed = Files.createDirectories(directory.resolve("closed"));
        closed.toFile().setWritable(false);
        assumeFalse(Files.isWritable(closed), "root may write anywhere");
        uri = closed.toUri().toString();

        Finding finding =
                judged(StorageMarkers.place(List.of(uri), hadoop).failed().get(0));

        assertThat(finding.what()).startsWith("refused: ");
        assertThat(finding.remedy()).contains("--conf spark.hadoop.fs.file.*");
    }

    @Test
    void permissionThatIsDeniedIsToldFromOtherTrouble() {
        assertThat(Trouble.of(new IOException("x", new java.nio.file.AccessDeniedException("s3a://bucket"))))
                .isEqualTo(Trouble.REFUSED);
        assertThat(Trouble.of(new java.io.FileNotFoundException("/closed/x (Permission denied)")))
                .isEqualTo(Trouble.REFUSED);
        assertThat(Trouble.of(new IOException("Connection refused"))).isEqualTo(Trouble.OTHER);
    }

    @Test
    void aFileIsNoStorage() throws IOException {
        uri = Files.writeString(directory.resolve("photos.csv"), "uri,label")
                .toUri()
                .toString();

        Finding finding =
                judged(StorageMarkers.place(List.of(uri), hadoop).failed().get(0));

        assertThat(finding.severity()).isEqualTo(Severity.FAILURE);
        assertThat(finding.remedy()).startsWith("check the URI");
    }

    private Finding judged(StorageVisit visit) {
        return only(new StorageCheck(uri), standalone(jvm(EXECUTOR).plus(List.of(visit))));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(path -> !path.equals(directory)).toList();
        }
    }
}
