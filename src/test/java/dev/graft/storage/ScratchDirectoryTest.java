package dev.graft.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchDirectoryTest {
    @TempDir
    private Path temporary;

    /** Makes a directory with a file in it and waits to be killed. */
    public static final class Owner {
        private Owner() {}

        public static void main(String[] arguments) throws Exception {
            ScratchDirectory scratch = ScratchDirectory.in(Path.of(arguments[0]));
            System.out.println(Files.writeString(scratch.file("weights.h5"), "weights"));
            TimeUnit.HOURS.sleep(1);
        }
    }

    @Test
    void nothingIsLeftWhenItIsClosed() throws IOException {
        try (ScratchDirectory scratch = ScratchDirectory.in(temporary)) {
            assertThat(Files.writeString(scratch.file("x"), "x")).exists();
        }
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void whatAKilledProcessLeftIsRemovedByTheNextAndNotBefore() throws Exception {
        Process owner = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        temporary.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            Path file = Path.of(owner.inputReader()
                    .lines()
                    .filter(line -> line.endsWith(".h5"))
                    .findFirst()
                    .orElseThrow());
            age(file.getParent());

            ScratchDirectory.in(temporary).close();
            assertThat(file).exists();

            owner.destroyForcibly().waitFor();
            ScratchDirectory.in(temporary).close();
            assertThat(temporary).isEmptyDirectory();
        } finally {
            owner.destroyForcibly();
        }
    }

    @Test
    void anotherOfThisProcessStays() throws IOException {
        try (ScratchDirectory first = ScratchDirectory.in(temporary)) {
            Path file = Files.writeString(first.file("x"), "x");
            age(file.getParent());
            ScratchDirectory.in(temporary).close();
            assertThat(file).exists();
        }
    }

    @Test
    void aYoungOneMayYetBeLocked() throws IOException {
        Path young = Files.createDirectory(temporary.resolve("graft-scratch-1"));
        Path old = Files.createDirectory(temporary.resolve("graft-scratch-2"));
        age(old);

        ScratchDirectory.in(temporary).close();

        assertThat(young).exists();
        assertThat(old).doesNotExist();
    }

    private static void age(Path directory) throws IOException {
        Files.setLastModifiedTime(directory, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    }
}
