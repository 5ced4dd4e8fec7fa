package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code submit/graft} with a spark-submit that prints the variables and the arguments that it is given. */
class GraftScriptTest {
    private static final List<String> SET_BY_THE_SCRIPT =
            List.of("SPARK_DRIVER_MEMORY", "OPENCV_LOG_LEVEL", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS");

    private final Path root;

    GraftScriptTest(@TempDir Path root) throws Exception {
        this.root = root;
        assumeTrue(output(new ProcessBuilder("locale", "-a")).contains("C.utf8"), "There is no locale C.UTF-8");
        Files.createDirectories(root.resolve("spark/jars"));
        Files.createDirectories(root.resolve("target"));
        Files.writeString(root.resolve("target/graft.jar"), "");
        script("submit/graft", Files.readString(Path.of("submit/graft")));
        script("spark/bin/spark-submit", """
                #!/usr/bin/env bash
                for name in LC_ALL SPARK_DRIVER_MEMORY OPENCV_LOG_LEVEL OMP_NUM_THREADS OPENBLAS_NUM_THREADS; do
                    echo "$name=${!name-unset}"
                done
                printf '%s\n' "$@"
                """);
    }

    private void script(String name, String text) throws IOException {
        Path script = root.resolve(name);
        Files.createDirectories(script.getParent());
        Files.writeString(script, text);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> graft(Map<String, String> variables, String... options) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(root.resolve("submit/graft").toString()));
        command.addAll(List.of(options));
        command.add("doctor");
        ProcessBuilder graft = new ProcessBuilder(command);
        graft.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        graft.environment().keySet().removeAll(SET_BY_THE_SCRIPT);
        graft.environment().put("SPARK_HOME", root.resolve("spark").toString());
        graft.environment().put("JAVA_HOME", System.getProperty("java.home"));
        graft.environment().putAll(variables);
        return output(graft).lines().toList();
    }

    private static String output(ProcessBuilder command) throws Exception {
        Process process = command.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void withoutALocaleNamesAreUtf8HereAndOnExecutors() throws Exception {
        assertThat(graft(Map.of())).contains("LC_ALL=C.UTF-8", "spark.executorEnv.LC_ALL=C.UTF-8");
        assertThat(graft(Map.of("LANG", "C.UTF-8", "LC_ALL", "POSIX")))
                .contains("LC_ALL=C.UTF-8", "spark.executorEnv.LC_ALL=C.UTF-8");
    }

    @Test
    void aLocaleOfUtf8Stays() throws Exception {
        assertThat(graft(Map.of("LANG", "C.UTF-8"))).contains("LC_ALL=unset", "spark.executorEnv.LC_ALL=C.UTF-8");
        assertThat(graft(Map.of("LC_ALL", "C.utf8"))).contains("LC_ALL=C.utf8");
    }

    @Test
    void aLocaleThatExecutorsAreGivenStays() throws Exception {
        assertThat(graft(Map.of(), "--conf", "spark.executorEnv.LC_ALL=de_DE.UTF-8"))
                .contains("LC_ALL=C.UTF-8", "spark.executorEnv.LC_ALL=de_DE.UTF-8")
                .doesNotContain("spark.executorEnv.LC_ALL=C.UTF-8");
        assertThat(graft(Map.of(), "--conf", "spark.executorEnv.LANG=de_DE.UTF-8"))
                .noneMatch(line -> line.startsWith("spark.executorEnv.LC_ALL="));
    }

    @Test
    void theDriversHeapIs2GiBUnlessSomebodySaysOtherwise() throws Exception {
        assertThat(graft(Map.of())).contains("SPARK_DRIVER_MEMORY=2g");
        assertThat(graft(Map.of("SPARK_DRIVER_MEMORY", "5g"))).contains("SPARK_DRIVER_MEMORY=5g");
    }

    @Test
    void openCvIsSilentHereAndOnExecutorsUnlessSomebodySaysOtherwise() throws Exception {
        assertThat(graft(Map.of())).contains("OPENCV_LOG_LEVEL=SILENT", "spark.executorEnv.OPENCV_LOG_LEVEL=SILENT");
        assertThat(graft(Map.of("OPENCV_LOG_LEVEL", "ERROR")))
                .contains("OPENCV_LOG_LEVEL=ERROR", "spark.executorEnv.OPENCV_LOG_LEVEL=ERROR");
    }

    @Test
    void everyCoreOfATaskHasOneThreadUnlessSomebodySaysOtherwise() throws Exception {
        assertThat(graft(Map.of("OMP_NUM_THREADS", "7")))
                .contains(
                        "OMP_NUM_THREADS=1",
                        "OPENBLAS_NUM_THREADS=1",
                        "spark.executorEnv.OMP_NUM_THREADS=1",
                        "spark.executorEnv.OPENBLAS_NUM_THREADS=1");
        assertThat(graft(Map.of(), "--conf", "spark.task.cpus=3"))
                .contains("OMP_NUM_THREADS=3", "spark.executorEnv.OMP_NUM_THREADS=3");
        assertThat(graft(Map.of(), "--conf", "spark.task.cpus=3", "--conf", "spark.executorEnv.OMP_NUM_THREADS=5"))
                .contains("OMP_NUM_THREADS=5", "OPENBLAS_NUM_THREADS=3", "spark.executorEnv.OMP_NUM_THREADS=5");
    }
}
