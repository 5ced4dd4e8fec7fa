package dev.graft.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.HttpFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ImageReaderTest {
    private static final DecodeSettings SETTINGS = new DecodeSettings(
            ResizeMethod.BILINEAR,
            100,
            1000,
            512L << 20,
            Duration.ofSeconds(60),
            Duration.ofSeconds(120),
            0.05,
            4,
            1,
            0);

    @TempDir
    Path folder;

    private final ImageReader reader = new ImageReader(SETTINGS, withStubbornStorage());

    private final List<ReadImage> opened = new ArrayList<>();

    @AfterEach
    void giveBackWhatWasRead() {
        opened.forEach(ReadImage::close);
    }

    private ReadImage read(String uri) {
        ReadImage read = reader.read(uri);
        opened.add(read);
        return read;
    }

    @AfterEach
    void makeTheStorageReliableAgain() {
        StubbornFileSystem.OPENED.set(0);
        StubbornFileSystem.failures = 0;
        StubbornFileSystem.failure = () -> new IOException("connection reset");
    }

    @Test
    void bytesComeAsTheyAreWithTheTimeOfTheirFile() throws IOException {
        Path file = Files.write(folder.resolve("a b.jpg"), new byte[] {1, 2, 3});

        ImageBytes read = (ImageBytes) read(file.toUri().getPath());

        assertThat(read.bytes()).containsExactly(1, 2, 3);
        assertThat(read.modified()).isEqualTo(Files.getLastModifiedTime(file).toMillis());
        assertThat(read.attempts()).isEqualTo(1);
    }

    @Test
    void checksumsOfAFileAsItWasAreIgnored() throws IOException {
        Path file = Files.write(folder.resolve("x.png"), new byte[] {1, 2, 3});
        Files.write(folder.resolve(".x.png.crc"), new byte[] {'c', 'r', 'c', 0, 0, 0, 2, 0, 9, 9, 9, 9});

        assertThat(read(file.toString())).isInstanceOfSatisfying(ImageBytes.class, read -> assertThat(read.bytes())
                .containsExactly(1, 2, 3));
    }

    @Test
    void missingFileIsNotFoundAndNotTriedAgain() {
        assertThat(read(stubborn("missing.jpg")))
                .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.reason())
                        .isEqualTo(RejectReason.NOT_FOUND));
        assertThat(StubbornFileSystem.OPENED).hasValue(0);
    }

    @Test
    void largeFileIsRejectedUnopened() throws IOException {
        Files.write(folder.resolve("large.jpg"), new byte[101]);

        assertThat(read(stubborn("large.jpg")))
                .isEqualTo(new Rejected(RejectReason.TOO_LARGE, "101 bytes (decode.max-bytes = 100)"));
        assertThat(StubbornFileSystem.OPENED).hasValue(0);
    }

    @Test
    void passingFailureIsOvercomeAndCounted() throws IOException {
        Files.write(folder.resolve("a.jpg"), new byte[] {1});
        StubbornFileSystem.failures = 3;

        assertThat(read(stubborn("a.jpg"))).isInstanceOfSatisfying(ImageBytes.class, read -> assertThat(read.attempts())
                .isEqualTo(4));
    }

    @Test
    void lastingFailureIsUnreadableAfterAllAttempts() throws IOException {
        Files.write(folder.resolve("a.jpg"), new byte[] {1});
        StubbornFileSystem.failures = 4;

        assertThat(read(stubborn("a.jpg")))
                .isEqualTo(new Rejected(RejectReason.UNREADABLE, "after 4 attempts: connection reset"));
        assertThat(StubbornFileSystem.OPENED).hasValue(4);
    }

    @Test
    void forbiddenFileIsUnreadableAtOnce() throws IOException {
        Files.write(folder.resolve("a.jpg"), new byte[] {1});
        StubbornFileSystem.failures = 1;
        StubbornFileSystem.failure = () -> new AccessControlException("no permission");

        assertThat(read(stubborn("a.jpg"))).isEqualTo(new Rejected(RejectReason.UNREADABLE, "no permission"));
        assertThat(StubbornFileSystem.OPENED).hasValue(1);
    }

    @Test
    void fileThatVanishesWhileItIsOpenedIsNotFound() throws IOException {
        Files.write(folder.resolve("a.jpg"), new byte[] {1});
        StubbornFileSystem.failures = 1;
        StubbornFileSystem.failure = () -> new FileNotFoundException("gone");

        assertThat(read(stubborn("a.jpg"))).isEqualTo(new Rejected(RejectReason.NOT_FOUND, "gone"));
    }

    @Test
    void unknownStorageIsUnreadable() {
        assertThat(read("nowhere://bucket/a.jpg"))
                .isEqualTo(new Rejected(RejectReason.UNREADABLE, "No FileSystem for scheme \"nowhere\""));
    }

    /** A connector that is not there, or not whole, throws what it likes; so does a broken disk. */
    @ParameterizedTest
    @MethodSource("failuresOfStorages")
    void whateverAStorageThrowsRejectsTheImage(Throwable failure, String detail) throws IOException {
        Files.write(folder.resolve("a.jpg"), new byte[] {1});
        StubbornFileSystem.failures = Integer.MAX_VALUE;
        StubbornFileSystem.failure = () -> failure;

        assertThat(read(stubborn("a.jpg"))).isEqualTo(new Rejected(RejectReason.UNREADABLE, detail));
    }

    static List<Arguments> failuresOfStorages() throws ReflectiveOperationException {
        return List.of(
                Arguments.of(
                        new RuntimeException(new ClassNotFoundException("S3AFileSystem")),
                        "java.lang.ClassNotFoundException: S3AFileSystem"),
                Arguments.of(new NegativeArraySizeException("-1"), "-1"),
                Arguments.of(new NoClassDefFoundError("com/amazonaws/Client"), "com/amazonaws/Client"),
                Arguments.of(new ServiceConfigurationError("no provider"), "no provider"),
                Arguments.of(brokenDisk(), "after 4 attempts: java.io.IOException: Input/output error"));
    }

    /** Hadoop keeps its constructor to itself. */
    private static FSError brokenDisk() throws ReflectiveOperationException {
        Constructor<FSError> constructor = FSError.class.getDeclaredConstructor(Throwable.class);
        constructor.setAccessible(true);
        return constructor.newInstance(new IOException("Input/output error"));
    }

    @Test
    void uriWithUserInformationIsNotOpened() {
        Rejected rejected = (Rejected) read("ftp://u:topsecret@127.0.0.1:9/x.jpg");

        assertThat(rejected)
                .isEqualTo(new Rejected(
                        RejectReason.UNREADABLE,
                        "a uri with user information (give Hadoop's settings the credentials)"));
    }

    @Test
    void pipeIsNotWaitedFor() throws Exception {
        Path pipe = folder.resolve("fifo.jpg");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThat(read(pipe.toString()))
                .isEqualTo(new Rejected(RejectReason.UNREADABLE, "not a regular file (a pipe, a socket or a device)"));
    }

    @Test
    void storageThatTellsNoSizesIsReadToItsEnd() throws IOException {
        try (HttpFiles server = new HttpFiles(Map.of("/a.jpg", new byte[] {1, 2, 3}, "/large.jpg", new byte[101]))) {
            assertThat(read(server.uri("/a.jpg")))
                    .isInstanceOfSatisfying(
                            ImageBytes.class, read -> assertThat(read.bytes()).containsExactly(1, 2, 3));
            assertThat(read(server.uri("/large.jpg")))
                    .isEqualTo(new Rejected(RejectReason.TOO_LARGE, "more than 100 bytes (decode.max-bytes = 100)"));
            assertThat(read(server.uri("/none.jpg")))
                    .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.reason())
                            .isEqualTo(RejectReason.NOT_FOUND));
        }
    }

    @Test
    void memoryOfAFileIsGivenBackWhenItIsClosed() throws IOException {
        Path file = Files.write(folder.resolve("a.jpg"), new byte[100]);
        ImageMemory.files().reachFor(1 << 20);
        long free = ImageMemory.files().freeBytes();

        try (ReadImage read = read(file.toString())) {
            assertThat(ImageMemory.files().freeBytes()).isEqualTo(free - 1024);
        }
        read(stubborn("missing.jpg")).close();

        assertThat(ImageMemory.files().freeBytes()).isEqualTo(free);
    }

    @Test
    void directoryIsUnreadable() {
        assertThat(read(folder.toString())).isEqualTo(new Rejected(RejectReason.UNREADABLE, "a directory"));
    }

    @Test
    void noLocationAtAllIsUnreadable() {
        assertThat(read("")).isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.reason())
                .isEqualTo(RejectReason.UNREADABLE));
    }

    private static Configuration withStubbornStorage() {
        Configuration hadoop = new Configuration();
        hadoop.set("fs.stubborn.impl", StubbornFileSystem.class.getName());
        hadoop.setBoolean("fs.stubborn.impl.disable.cache", true);
        return hadoop;
    }

    private String stubborn(String name) {
        return "stubborn://" + folder.resolve(name);
    }

    /** Local files, the first reads of which fail. */
    public static final class StubbornFileSystem extends RawLocalFileSystem {
        static final AtomicInteger OPENED = new AtomicInteger();
        static int failures;
        static Supplier<Throwable> failure = () -> new IOException("connection reset");

        @Override
        public URI getUri() {
            return URI.create("stubborn:///");
        }

        @Override
        public FSDataInputStream open(org.apache.hadoop.fs.Path path, int bufferSize) throws IOException {
            if (OPENED.incrementAndGet() <= failures) {
                throw sneaky(failure.get());
            }
            return super.open(path, bufferSize);
        }

        private static IOException sneaky(Throwable failure) throws IOException {
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
            throw (IOException) failure;
        }
    }
}
