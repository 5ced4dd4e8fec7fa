package dev.graft.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFoldersTest {
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

    /** Prints why a folder cannot be listed, or that it can. */
    private static final class Listing {
        public static void main(String... folder) throws IOException {
            org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path("file:" + folder[0]);
            try {
                LocalFolders.below(path).in(path);
                print("it can be listed");
            } catch (IOException e) {
                print(e.getMessage());
            }
        }

        @SuppressWarnings("SystemOut") // the test reads it
        private static void print(String line) {
            System.out.println(line);
        }
    }

    @Test
    void aFolderThatMayNotBeReadIsNamed(@TempDir Path directory) throws Exception {
        Path folder = Files.createDirectory(directory.resolve("cat"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("---------"));
        try {
            List<String> command = withoutPrivileges(folder);
            command.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin/java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Listing.class.getName(),
                    folder.toString()));
            Process listing =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(listing.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(output).endsWith("Cannot list file:" + folder + ": permission denied\n");
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** What takes the right to read everything from a process of root. */
    private static List<String> withoutPrivileges(Path folder) {
        List<String> command = new ArrayList<>();
        if (Files.isReadable(folder)) {
            assumeTrue(Files.isExecutable(SETPRIV), "There is no " + SETPRIV);
            command.addAll(List.of(SETPRIV.toString(), "--bounding-set=-dac_override,-dac_read_search"));
        }
        return command;
    }
}
