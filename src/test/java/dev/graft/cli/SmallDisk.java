package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A disk in memory, mounted until it is closed; aborts the test where that is not allowed. */
record SmallDisk(Path path) implements AutoCloseable {
    /** @param size such as {@code 200k} */
    static SmallDisk mount(Path path, String size) throws IOException, InterruptedException {
        Files.createDirectories(path);
        Assumptions.assumeTrue(
                runs("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", path.toString()),
                "needs the right to mount a small disk");
        return new SmallDisk(path);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        assertThat(runs("umount", "--lazy", path.toString())).isTrue();
    }

    private static boolean runs(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
