package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What concerns the whole run ends it with one line: what, where, what to do, and what is kept. */
class FailureTest {
    private static final String KEPT = "; what is committed is kept, run the same command again to go on";

    @TempDir
    private Path directory;

    private GraftProcess job(String master, String how) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(GraftProcess.java());
        command.addAll(List.of(
                "-Xmx600m",
                "-Dspark.master=" + master,
                "-Dspark.ui.enabled=false",
                "-Dspark.driver.host=127.0.0.1",
                "-Dspark.executor.memory=600m",
                "-Dspark.executor.extraClassPath=" + GraftProcess.CLASS_PATH,
                "-Dlog4j2.configurationFile="
                        + Path.of("conf/log4j2.properties").toAbsolutePath(),
                "-cp",
                GraftProcess.CLASS_PATH,
                FailingJob.class.getName(),
                how));
        GraftProcess job = GraftProcess.of(directory, new ProcessBuilder(command));
        boolean ended = job.process().waitFor(3, TimeUnit.MINUTES);
        job.kill();
        assertThat(ended).as(Files.readString(job.err())).isTrue();
        return job;
    }

    private static String said(GraftProcess job) throws IOException {
        List<String> lines = Files.readAllLines(job.err());
        assertThat(job.process().exitValue()).as(lines.toString()).isEqualTo(1);
        return lines.get(lines.size() - 1);
    }

    @Test
    void aTaskWithoutMemoryDoesNotTakeTheDriverWithIt() throws Exception {
        assertThat(said(job("local[1]", "heap")))
                .isEqualTo("graft: Cannot go on: a task on this machine ran out of memory, Java heap space (raise"
                        + " --driver-memory, or lower extract.batch or decode.threads)" + KEPT);
    }

    /** What its last task had to say may come too late; its exit code comes always. */
    @Test
    @Tag("long")
    void anExecutorWithoutMemoryIsNamed() throws Exception {
        assertThat(said(job("local-cluster[1,1,600]", "heap")))
                .matches("graft: Cannot go on: executor \\d+ on 127\\.0\\.0\\.1 ran out of memory(, Java heap space)?"
                        + " \\(raise spark\\.executor\\.memory, or lower extract\\.batch or decode\\.threads\\)"
                        + KEPT);
    }

    @Test
    @Tag("long")
    void anExecutorThatIsKilledIsNamed() throws Exception {
        assertThat(said(job("local-cluster[1,1,600]", "killed")))
                .matches(
                        "graft: Cannot go on: executor \\d+ on 127\\.0\\.0\\.1 was killed, exit code 137, as one is that"
                                + " takes more memory than it was given \\(raise spark\\.executor\\.memoryOverhead, or lower"
                                + " extract\\.batch or decode\\.max-image-memory; doctor works it out\\)" + KEPT);
    }

    @Test
    @Tag("long")
    void aMasterThatIsNotThereIsSaidToBe() throws Exception {
        int nobody;
        try (ServerSocket port = new ServerSocket(0)) {
            nobody = port.getLocalPort();
        }
        String master = "spark://127.0.0.1:" + nobody;
        assertThat(said(job(master, "none"))).isEqualTo(noMaster(master));
    }

    private static String noMaster(String master) {
        return "graft: Cannot go on: no Spark master answers at " + master + " (look whether it runs, and at --master)"
                + KEPT;
    }

    @Test
    void aDriverWithoutMemorySaysWhatToRaise() {
        Failure failure = Failure.of(
                thrownBy(() -> assertThat(new long[Integer.MAX_VALUE - 8]).isEmpty()));
        assertThat(failure.message())
                .isEqualTo(
                        "Cannot go on: the driver ran out of memory, Java heap space (raise --driver-memory)" + KEPT);
        assertThat(failure.code()).isEqualTo(ExitCode.FAILED);
    }

    private static Throwable thrownBy(Runnable work) {
        try {
            work.run();
            throw new AssertionError("nothing was thrown");
        } catch (OutOfMemoryError thrown) {
            return thrown;
        }
    }

    @Test
    void whatIsNotKnownIsSaidWithItsStackTrace() {
        Failure failure = Failure.of(new IllegalStateException("Cannot think: no idea"));
        assertThat(failure).isEqualTo(new Failure(ExitCode.FAILED, "Cannot think: no idea", false));
        assertThat(Failure.of(new IllegalStateException()).message()).isEqualTo("java.lang.IllegalStateException");
    }
}
