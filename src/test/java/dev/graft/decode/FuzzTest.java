package dev.graft.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs {@link FuzzTarget}: on the corpus as it is, and by Jazzer, which changes its files and keeps what reaches new
 * code. For as long as {@code -Dfuzz.seconds} says, or else by a fixed seed and count, so that a build is the same
 * everywhere.
 */
class FuzzTest {
    private static final String SECONDS = "fuzz.seconds";
    private static final int RUNS = 5_000;
    private static final int LIMIT_SECONDS = 100;
    /** Jazzer looks through the whole class path, and the target needs little of it. */
    private static final Pattern NEEDED = Pattern.compile(
            ".*[/\\\\](classes|test-classes|(jazzer|jazzer-api|javacpp|opencv|config)-[0-9.]+(-[0-9.]+)?\\.jar)[/\\\\]?");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "gif", "bmp", "png", "webp"})
    void corpusIsDecodedOrRejected(String format) throws IOException {
        try (Stream<Path> files = Files.list(corpus(format))) {
            for (Path file : files.toList()) {
                FuzzTarget.fuzzerTestOneInput(Files.readAllBytes(file));
            }
        }
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "gif", "bmp", "png", "webp"})
    void fuzzerFindsNothing(String format) throws IOException, InterruptedException {
        int seconds = Integer.getInteger(SECONDS, 0);
        Path log = folder.resolve("log");
        Process fuzzer = new ProcessBuilder(command(format, seconds))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = fuzzer.waitFor(LIMIT_SECONDS + seconds, TimeUnit.SECONDS);
        fuzzer.destroyForcibly();

        assertThat(ended).as("ended in time").isTrue();
        assertThat(fuzzer.exitValue()).as(Files.readString(log)).isZero();
    }

    /** New files go to the first folder of the corpus, a file that fails to {@code target}. */
    private List<String> command(String format, int seconds) throws IOException {
        Path found = Files.createDirectories(Path.of("target", "fuzz", format));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                neededClasses(),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + FuzzTarget.class.getName(),
                "--instrumentation_includes=dev.graft.decode.**",
                "--custom_hook_includes=dev.graft.decode.**",
                "--reproducer_path=" + found,
                "-artifact_prefix=" + found + File.separator,
                "-max_len=4096"));
        command.addAll(seconds > 0 ? List.of("-max_total_time=" + seconds) : List.of("-seed=1", "-runs=" + RUNS));
        command.add(Files.createDirectory(folder.resolve("new")).toString());
        command.add(corpus(format).toString());
        return command;
    }

    private static Path corpus(String format) {
        return Path.of(Objects.requireNonNull(FuzzTest.class.getResource("fuzz/" + format))
                .getPath());
    }

    private static String neededClasses() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> NEEDED.matcher(entry).matches())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
